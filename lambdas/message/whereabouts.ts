import { VersionGone } from '../../contracts/errors';
import type { ReceivedRun } from '../../contracts/run';
import type { RunError } from '../ledger/items';

/** What became of the file of a failed run, and what to do. */
export function whereabouts({ name }: RunError, { outcome }: Pick<ReceivedRun, 'outcome'>): string {
  if (name === VersionGone.name) return 'This version of the file is no longer there; drop the file again.';
  if (outcome === 'replay') return 'The tables and the archive are as before; once the cause is mended, replay it again.';
  if (outcome === 'release') return 'The rows stay in quarantine; once the cause is mended, release them again.';
  return 'The file stays in the inbox; once the cause is mended, drop it again under the same name.';
}
