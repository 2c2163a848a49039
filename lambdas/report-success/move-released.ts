import type { FileItem } from '../ledger/items';
import { moveReleasedRows } from '../ledger/progress';

/** Rows that a release brought count as the original's: published now, no longer quarantined; so each is counted once. */
export async function moveReleased({ id, of, outcome, rows }: FileItem): Promise<void> {
  if (outcome === 'release' && of !== undefined && rows !== undefined) await moveReleasedRows(of, id, rows.published);
}
