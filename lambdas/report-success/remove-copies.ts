import { readFileItem } from '../ledger/table';
import { removeVersion } from '../s3/remove-version';

/** Takes versions with the same bytes as the archived file out of the inbox. */
export async function removeCopies(runIds: readonly string[]): Promise<void> {
  for (const runId of runIds) {
    const copy = await readFileItem(runId);
    if (copy) await removeVersion(copy);
  }
}
