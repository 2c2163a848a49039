import type { Contract } from './contract';
import { ContractError } from './contract-error';
import { PathClash, recordOf } from './extract-path';
import type { Extract } from './odcs-extract';

/** A dataset whose files are made of an API's records. */
export interface ExtractedContract extends Contract {
  readonly extract: Extract;
}

/** An API's records, as the contracts of all datasets that are made of them see them. */
export interface ExtractSource {
  readonly source: string;
  /** Paths of the values that tell records apart. */
  readonly key: readonly string[];
  /** Path of when a record was changed last. */
  readonly changedAt: string;
  /** Every path that some contract has. */
  readonly paths: readonly string[];
  /** By their rows' paths: the dataset of the records themselves first. */
  readonly contracts: readonly ExtractedContract[];
}

/** The sources of the contracts. Raises ContractError where those of one source cannot be meant together. */
export function extractSources(contracts: readonly Contract[]): ExtractSource[] {
  const extracted = contracts.filter((contract): contract is ExtractedContract => contract.extract !== undefined);
  const names = [...new Set(extracted.map(({ extract }) => extract.source))];
  return names.sort().map((name) =>
    sourceOf(
      name,
      extracted.filter(({ extract }) => extract.source === name),
    ),
  );
}

function sourceOf(source: string, contracts: readonly ExtractedContract[]): ExtractSource {
  const [root, other] = contracts.filter(({ extract }) => extract.rows === '');
  if (root === undefined)
    throw clash(contracts[0], `the source ${source} has no dataset whose rows are its records; add one, with rows $`);
  if (other !== undefined)
    throw clash(
      other,
      `the rows of ${root.dataset} are the records of ${source} too; expected that of one dataset; change one`,
    );
  const { changedAt = '' } = root.extract;
  const pathOf = (name: string): string => root.columns.find((column) => column.name === name)?.path ?? '';
  const paths = [...new Set([changedAt, ...contracts.flatMap(pathsOf)])].filter((path) => path !== '').sort();
  refuseClash(contracts, paths);
  const sorted = [...contracts].sort((one, two) => one.extract.rows.localeCompare(two.extract.rows));
  return { source, key: root.primaryKey.map(pathOf), changedAt, paths, contracts: sorted };
}

function pathsOf({ extract, columns }: ExtractedContract): string[] {
  return [extract.rows, ...columns.flatMap(({ path }) => path ?? [])];
}

function refuseClash(contracts: readonly ExtractedContract[], paths: readonly string[]): void {
  try {
    recordOf(paths);
  } catch (error) {
    if (!(error instanceof PathClash)) throw error;
    const at = contracts.find((contract) => pathsOf(contract).includes(error.other));
    throw clash(at, `${error.message}, and the contracts of one source have both; correct one of them`);
  }
}

function clash(contract: ExtractedContract | undefined, message: string): ContractError {
  return new ContractError(`${contract?.dataset ?? ''}.odcs.yaml`, [{ line: 1, column: 1, message }]);
}
