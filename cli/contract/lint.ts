import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { loadContracts } from '../../contracts/catalog';
import { parseContract } from '../../contracts/contract';
import { ContractError, type ContractFault } from '../../contracts/contract-error';
import { causeOf, UserError } from '../failure';

export interface LintedContract {
  readonly file: string;
  readonly faults: readonly ContractFault[];
}

/** The named contracts, each with its faults. */
export function lintFiles(files: readonly string[]): LintedContract[] {
  return files.map((file) => linted(file, () => parseText(textOf(file), file)));
}

/** Every contract of a folder; when each is good by itself, also whether two claim the same file. */
export function lintFolder(folder: string): LintedContract[] {
  const names = readdirSync(folder).filter((name) => name.endsWith('.odcs.yaml'));
  if (names.length === 0) throw new UserError(`no contract in ${folder}: write one as <dataset>.odcs.yaml`);
  const each = lintFiles(names.sort().map((name) => relative('', join(folder, name))));
  if (each.some(({ faults }) => faults.length > 0)) return each;
  const together = linted(relative('', folder), () => loadContracts(folder));
  return together.faults.length === 0 ? each : [...each.filter(({ file }) => file !== together.file), together];
}

/** `file:line:column: message` of every fault, or a word that all is well. */
export function lintText(contracts: readonly LintedContract[]): string {
  const faulty = contracts.filter(({ faults }) => faults.length > 0);
  if (faulty.length > 0) return faulty.map(({ file, faults }) => new ContractError(file, faults).message).join('\n');
  return contracts.map(({ file }) => `${file}: valid`).join('\n');
}

function linted(file: string, read: () => unknown): LintedContract {
  try {
    read();
    return { file, faults: [] };
  } catch (error) {
    if (error instanceof ContractError) return { file: error.fileName, faults: error.faults };
    throw error;
  }
}

/** Blank lines and comments are a YAML document too, but nobody means it. */
function parseText(text: string, file: string): void {
  if (text.replace(/^\s*#.*$/gm, '').trim() !== '') parseContract(text, file);
  else throw new ContractError(file, [{ line: 1, column: 1, message: 'the file is empty, expected a contract' }]);
}

function textOf(file: string): string {
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory())
    throw new UserError(`${file} is a folder, expected a contract: name its files, as ${join(file, '*.odcs.yaml')}`);
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UserError(`cannot read ${file}: ${causeOf(error)}`);
  }
}
