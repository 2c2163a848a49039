import { fileURLToPath } from 'node:url';
import { loadContracts } from '../contracts/catalog';
import type { Contract } from '../contracts/contract';
import { hasSilver } from '../contracts/targets';
import { UsageError } from './failure';
import { UNMATCHED } from './runs/file-item';

export const CONTRACTS_FOLDER = fileURLToPath(new URL('../contracts', import.meta.url));

export function contractOf(dataset: string): Contract {
  const contracts = loadContracts(CONTRACTS_FOLDER);
  const contract = contracts.find((each) => each.dataset === dataset);
  if (contract) return contract;
  throw new UsageError(`no contract for the dataset ${dataset}: one of ${contracts.map((each) => each.dataset).join(', ')}`);
}

/** Of a dataset whose rows are checked in the lake, which has scores and a quarantine. */
export function checkedContractOf(dataset: string): Contract {
  const contract = contractOf(dataset);
  if (hasSilver(contract)) return contract;
  throw new UsageError(
    `${dataset} goes to Snowflake as it is (sql/snowflake/03_raw.sql), and dbt checks it: ` +
      `npx assay query snowflake "select * from staging.stg_${dataset}_rejected"`,
  );
}

/** Where the ledger keeps runs: every dataset, and the place of files that none of them knows. */
export function ledgerDatasets(): string[] {
  return [...loadContracts(CONTRACTS_FOLDER).map(({ dataset }) => dataset), UNMATCHED];
}
