import { readFileSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadContracts } from '../../contracts/catalog';
import { parseContract } from '../../contracts/contract';
import { ContractError, type ContractFault } from '../../contracts/contract-error';
import { UserError } from '../failure';

export interface LintedContract {
  readonly file: string;
  readonly faults: readonly ContractFault[];
}

/** The named contracts, each with its faults. */
export function lintFiles(files: readonly string[]): LintedContract[] {
  return files.map((file) => ({ file, faults: faultsIn(() => parseContract(textOf(file), file)) }));
}

/** Every contract of a folder; when each is good by itself, also whether two claim the same file. */
export function lintFolder(folder: string): LintedContract[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.odcs.yaml'));
  if (names.length === 0) throw new UserError(`no contract in ${folder}: write one as <dataset>.odcs.yaml`);
  const linted = lintFiles(names.sort().map((name) => relative(process.cwd(), join(folder, name))));
  if (linted.some(({ faults }) => faults.length > 0)) return linted;
  const shared = faultsIn(() => loadContracts(folder));
  return shared.length === 0 ? linted : [...linted, { file: relative(process.cwd(), folder), faults: shared }];
}

/** `file:line:column: path: message` of every fault, or a word that all is well. */
export function lintText(linted: readonly LintedContract[]): string {
  const faulty = linted.filter(({ faults }) => faults.length > 0);
  if (faulty.length > 0) return faulty.map(({ file, faults }) => new ContractError(file, faults).message).join('\n');
  return linted.map(({ file }) => `${file}: valid`).join('\n');
}

function faultsIn(read: () => unknown): readonly ContractFault[] {
  try {
    read();
    return [];
  } catch (error) {
    if (error instanceof ContractError) return error.faults;
    throw error;
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(`cannot read ${file}: ${error instanceof Error ? error.message : String(error)}`);
  }
}
