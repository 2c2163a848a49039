import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type Contract, parseContract } from './contract';
import { ContractError } from './contract-error';
import { extractSources } from './extract-source';
import { claimsOverlap, nameShown } from './file-name';

const EXTENSION = '.odcs.yaml';

/**
 * Every contract of a directory, by dataset. Raises ContractError when one cannot be read, is not named after its dataset, or
 * claims the same files or the same table as another, or does not fit those that are made of the same records.
 */
export function loadContracts(directory: string): Contract[] {
  const files = readdirSync(directory).filter((name) => name.endsWith(EXTENSION));
  const contracts = files.sort().map((name) => loadContract(directory, name));
  for (const [index, contract] of contracts.entries())
    for (const earlier of contracts.slice(0, index)) refuseClash(earlier, contract);
  extractSources(contracts);
  return contracts;
}

function loadContract(directory: string, name: string): Contract {
  const path = join(directory, name);
  const contract = parseContract(readFileSync(path, 'utf8'), relative('', path));
  const expected = contract.dataset + EXTENSION;
  if (name !== expected)
    throw clash(name, `the first table is ${contract.dataset}; expected the file ${expected}; rename the file or the table`);
  return contract;
}

function refuseClash(earlier: Contract, contract: Contract): void {
  const name = contract.dataset + EXTENSION;
  const shown = [earlier, contract].map(({ dataset, inbox }) => `${nameShown(inbox)} (${dataset})`).join(' and ');
  if (claimsOverlap(earlier.inbox, contract.inbox))
    throw clash(name, `${shown} claim the same files; expected each file to have one contract; change one filePattern`);
  const shared = contract.models.find((model) => earlier.models.some((other) => other.name === model.name));
  if (shared)
    throw clash(name, `the model ${shared.name} is in ${earlier.dataset}${EXTENSION} too; expected each once; rename one`);
}

function clash(fileName: string, message: string): ContractError {
  return new ContractError(fileName, [{ line: 1, column: 1, message }]);
}
