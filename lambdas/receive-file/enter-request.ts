import { NotInForce, VersionGone } from '../../contracts/errors';
import { enter } from '../ledger/enter';
import { isNewest } from '../ledger/in-force';
import { requestedRunIdOf } from '../../contracts/run-id';
import type { FileItem } from '../ledger/items';
import { readFileItem } from '../ledger/table';
import { findVersion, sha256Of } from '../s3/read-version';
import type { Request } from './message';
import { refusedItem, requestedItem, type Delivery } from './new-items';
import type { Route } from './settings';

/** The ledger's item of a replay or a release, entered now or before. */
export async function enterRequest(request: Request, routes: readonly Route[], delivery: Delivery): Promise<FileItem> {
  const original = await originalOf(request.detail.run);
  if (original === undefined) throw new Error(`a request names run ${request.detail.run}, which the ledger does not know`);
  const id = requestedRunIdOf(original.id, request.id);
  const known = await readFileItem(id);
  if (known) return known;
  const item = { ...(await newItem(request, original, routes, delivery)), id, of: original.id };
  return (await enter(item)) ? item : ((await readFileItem(id)) ?? item);
}

/** The run that brought the file: of a replay or a release the one that it repeats, since quarantine names the latest. */
async function originalOf(runId: string): Promise<FileItem | undefined> {
  const named = await readFileItem(runId);
  return named?.of === undefined ? named : readFileItem(named.of);
}

async function newItem(request: Request, original: FileItem, routes: readonly Route[], delivery: Delivery): Promise<FileItem> {
  const { dataset, archive, sha256, size } = original;
  const contractVersion = routes.find((route) => route.dataset === dataset)?.contractVersion ?? original.contractVersion;
  const isInForce = original.status === 'succeeded' && (await isNewest(original.id, original));
  if (!isInForce || archive === undefined || sha256 === undefined || size === undefined)
    return refusedItem(dataset, original, notInForce(original), delivery);
  if (request['detail-type'] === 'Replay Requested')
    return requestedItem('replay', { ...original, contractVersion, stored: { ...archive, size, sha256 } }, delivery);
  const { bucket, key, versionId } = request.detail.file;
  const found = await findVersion(bucket, key, versionId);
  if (found === undefined) {
    const gone = new VersionGone(`version ${versionId} of s3://${bucket}/${key} with the released rows is gone; release again`);
    return refusedItem(dataset, original, gone, delivery);
  }
  const stored = { bucket, key, versionId, size: found.size, sha256: await sha256Of(found) };
  return requestedItem('release', { ...original, contractVersion, stored }, delivery);
}

function notInForce({ id, key, status }: FileItem): NotInForce {
  const why = status === 'succeeded' ? 'a newer version of the file has taken its place' : `it is ${status}`;
  return new NotInForce(`run ${id} of ${key} did not bring what is in the tables: ${why}; name the run that did`);
}
