import { dependencyOrder } from './dependency-order';
import { MODELS } from './models';
import { refreshCalls } from './procedures';

export interface Refresh {
  readonly refreshId: string;
  /** Builds everything from nothing, in the same transaction: for models whose SQL was changed. */
  readonly isFull: boolean;
}

/** One transaction: readers see all of a refresh or nothing. Refreshes wait for each other. */
export function refreshStatements({ refreshId, isFull }: Refresh): string[] {
  const id = refreshId.replace(/[^\w.:-]/g, '');
  return [
    'lock table core.refresh_ledger',
    `create temp table refresh as
select cast('${id}' as varchar(80)) as refresh_id, ${String(isFull)} as is_full, getdate() as started_at`,
    ...refreshCalls(dependencyOrder(MODELS), isFull),
  ];
}
