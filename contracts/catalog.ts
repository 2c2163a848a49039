import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Contract, ContractError, parseContract } from './contract';
import { claimsOverlap, nameShown, type Route } from './file-name';

const EXTENSION = '.odcs.yaml';

/** Every contract of a directory, by dataset. Raises ContractError when one cannot be read or two claim the same file. */
export function loadContracts(directory: string): Contract[] {
  const files = readdirSync(directory).filter((name) => name.endsWith(EXTENSION));
  const contracts = files.sort().map((name) => parseContract(readFileSync(join(directory, name), 'utf8'), name));
  refuseSharedNames(contracts);
  return contracts;
}

export function routeOf({ dataset, inbox }: Contract): Route {
  return { dataset, ...inbox };
}

function refuseSharedNames(contracts: readonly Contract[]): void {
  const routes = contracts.map(routeOf);
  for (const [index, one] of routes.entries())
    for (const other of routes.slice(index + 1))
      if (one.dataset === other.dataset || claimsOverlap(one, other))
        throw new ContractError(
          `${one.dataset} (${nameShown(one)}) and ${other.dataset} (${nameShown(other)}) claim the same files; ` +
            'make one filePattern narrower',
        );
}
