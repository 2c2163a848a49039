import { setTimeout as sleep } from 'node:timers/promises';
import { LedgerBusy } from '../../contracts/errors';
import { claim, enterCopy } from '../ledger/enter';
import type { FileItem } from '../ledger/items';
import { readContentItem, readFileItem } from '../ledger/table';
import { skippedItem, type ClaimedItem, type Delivery } from './new-items';

/** A hundred deliveries of one event at once meet here; all but one find, sooner or later, what that one has entered. */
const ATTEMPTS = 20;
const MAX_PAUSE_MS = 250;

/** Claims the version and its bytes; where the bytes are another run's, loaded or on their way, the version is skipped. */
export async function enterClaim(item: ClaimedItem, delivery: Delivery): Promise<FileItem> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const first = await readContentItem(item.dataset, item.sha256);
    if (first === undefined || first.status === 'failed') {
      if (await claim(item, item.sha256, first)) return item;
    } else {
      const skipped = skippedItem(item, first, delivery);
      if (await enterCopy(skipped, first)) return skipped;
    }
    const known = await readFileItem(item.id);
    if (known) return known;
    await sleep(Math.random() * MAX_PAUSE_MS);
  }
  throw new LedgerBusy(`the ledger did not take version ${item.versionId} of ${item.key} in ${ATTEMPTS} attempts`);
}
