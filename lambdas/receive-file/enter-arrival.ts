import { VersionGone } from '../../contracts/errors';
import { matchFile } from '../../contracts/file-name';
import { enter } from '../ledger/enter';
import { runIdOf } from '../../contracts/run-id';
import type { FileItem } from '../ledger/items';
import { readFileItem, wasReceivedSince } from '../ledger/table';
import { versionGone } from '../s3/gone';
import { findVersion, sha256Of, type FoundVersion } from '../s3/read-version';
import type { Arrival } from './arrival';
import { enterClaim } from './enter-claim';
import { claimedItem, refusedItem, type Delivery } from './new-items';
import type { Route } from './settings';
import { writtenAt } from './written-at';

/** The ledger's item of the version that arrived, entered now or before; undefined when the event is a repeated one. */
export async function enterArrival(
  arrival: Arrival,
  routes: readonly Route[],
  delivery: Delivery,
): Promise<FileItem | undefined> {
  const { bucket, key, versionId } = arrival;
  try {
    const version = await findVersion(bucket, key, versionId);
    if (version === undefined) return await enterGone(arrival, routes, delivery);
    const known = await readFileItem(runIdOf(bucket, key, version.versionId));
    return known ?? (await enterNew({ ...version, lastModified: await writtenAt(version) }, routes, delivery));
  } catch (error) {
    if (error instanceof VersionGone) return enterGone(arrival, routes, delivery);
    throw error;
  }
}

async function enterNew(version: FoundVersion, routes: readonly Route[], delivery: Delivery): Promise<FileItem | undefined> {
  const match = matchFile(version.key, routes);
  const sha256 = await sha256Of(version);
  if (match.kind === 'unmatched') {
    return enterRefused({ ...refusedItem('unmatched', version, match.error, delivery), sha256 });
  }
  const { dataset, format } = match;
  const contractVersion = routes.find((route) => route.dataset === dataset)?.contractVersion ?? '';
  // A file without a date in its name belongs to the day on which it was uploaded, whenever it is read.
  const ingestionDate = match.ingestionDate ?? version.lastModified.slice(0, 10);
  return enterClaim(claimedItem(version, sha256, { dataset, contractVersion, ingestionDate, format }, delivery), delivery);
}

/** Without a version id the event may be a late copy of one whose file is loaded and archived by now: nothing is wrong then. */
async function enterGone(
  { bucket, key, versionId, eventId, time }: Arrival,
  routes: readonly Route[],
  delivery: Delivery,
): Promise<FileItem | undefined> {
  const match = matchFile(key, routes);
  const dataset = match.kind === 'match' ? match.dataset : 'unmatched';
  const since = new Date(time).toISOString();
  if (versionId === undefined && (await wasReceivedSince(dataset, bucket, key, since))) return undefined;
  const version = { bucket, key, versionId: versionId ?? `unknown (event ${eventId})` };
  return enterRefused(refusedItem(dataset, version, versionGone(version), delivery));
}

async function enterRefused(item: FileItem): Promise<FileItem | undefined> {
  return (await enter(item)) ? item : readFileItem(item.id);
}
