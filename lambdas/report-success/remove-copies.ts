import { readFileItem } from '../ledger/table';
import { logger } from '../log/logger';
import { removeVersion } from '../s3/remove-version';

/** Takes versions with the same bytes as the archived file out of the inbox. One that stays is untidy, not wrong. */
export async function removeCopies(runIds: readonly string[]): Promise<void> {
  for (const runId of runIds) {
    try {
      const copy = await readFileItem(runId);
      if (copy) await removeVersion(copy);
    } catch (error) {
      logger.error('a copy of the file stays in the inbox', { run: runId, error: String(error) });
    }
  }
}
