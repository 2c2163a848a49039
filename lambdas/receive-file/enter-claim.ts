import { setTimeout as sleep } from 'node:timers/promises';
import { LedgerBusy } from '../../contracts/errors';
import { claim, enterCopy, isNewer } from '../ledger/enter';
import { standsForItsBytes, takesPlace } from '../ledger/in-force';
import type { ContentItem, FileItem } from '../ledger/items';
import { readContentItem, readFileItem, readNameItem } from '../ledger/table';
import { skippedItem, type ClaimedItem, type Delivery } from './new-items';
import { afterGone } from './written-at';

/** A hundred deliveries of one event at once meet here; all but one find, sooner or later, what that one has entered. */
const ATTEMPTS = 20;
const MAX_PAUSE_MS = 250;

/** Claims the version and its bytes; where the bytes are in force by another run, or on their way, the version is skipped. */
export async function enterClaim(item: ClaimedItem, delivery: Delivery): Promise<FileItem> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const first = await readContentItem(item.dataset, item.sha256);
    const entered =
      first && (await standsForItsBytes(first, item.bucket))
        ? await skip(skippedItem(item, first, delivery), first)
        : await take(item, first);
    const known = entered ?? (await readFileItem(item.id));
    if (known) return known;
    await sleep(Math.random() * MAX_PAUSE_MS);
  }
  throw new LedgerBusy(`the ledger did not take version ${item.versionId} of ${item.key} in ${ATTEMPTS} attempts`);
}

async function skip(item: FileItem, first: ContentItem): Promise<FileItem | undefined> {
  return (await enterCopy(item, first)) ? item : undefined;
}

async function take(item: ClaimedItem, content: ContentItem | undefined): Promise<FileItem | undefined> {
  const name = await readNameItem(item);
  const timed = { ...item, lastModified: await afterGone(item, name) };
  const supersedes = isNewer(timed, name) && (await takesPlace(name));
  const claimed = supersedes ? { ...timed, outcome: 'supersede' as const } : timed;
  return (await claim(claimed, { content, name })) ? claimed : undefined;
}
