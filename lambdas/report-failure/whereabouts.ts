import { VersionGone } from '../../contracts/errors';
import type { RunError } from '../ledger/items';

/** What became of the file of a failed run, and what to do. */
export function whereabouts({ name }: RunError): string {
  return name === VersionGone.name
    ? 'The inbox no longer has this version; drop the file again.'
    : 'The file stays in the inbox; once the cause is mended, drop it again under the same name.';
}
