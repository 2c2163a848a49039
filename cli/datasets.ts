import { fileURLToPath } from 'node:url';
import { loadContracts } from '../contracts/catalog';
import type { Contract } from '../contracts/contract';
import { UsageError } from './failure';
import { UNMATCHED } from './runs/file-item';

export const CONTRACTS_FOLDER = fileURLToPath(new URL('../contracts', import.meta.url));

export function contractOf(dataset: string): Contract {
  const contracts = loadContracts(CONTRACTS_FOLDER);
  const contract = contracts.find((each) => each.dataset === dataset);
  if (contract) return contract;
  throw new UsageError(`no contract for the dataset ${dataset}: one of ${contracts.map((each) => each.dataset).join(', ')}`);
}

/** Where the ledger keeps runs: every dataset, and the place of files that none of them knows. */
export function ledgerDatasets(): string[] {
  return [...loadContracts(CONTRACTS_FOLDER).map(({ dataset }) => dataset), UNMATCHED];
}
