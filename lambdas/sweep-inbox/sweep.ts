import { runIdOf } from '../../contracts/run-id';
import { unarchivedItems } from '../ledger/archiving';
import { expiredItems } from '../ledger/expired-items';
import type { FileItem } from '../ledger/items';
import { readFileItem } from '../ledger/table';
import { logger } from '../log/logger';
import { publishOrLog } from '../message/publish-or-log';
import { listInbox, type InboxObject } from './list-inbox';
import { lookAfter } from './look-after';
import { overdueMessage } from './overdue-message';
import { sendArrival, sendUnarchived } from './send';
import type { Settings } from './settings';
import { unarchivedMessage } from './unarchived-message';

/** What a sweep did. */
export interface Swept {
  /** Files that no run had taken, and that are taken now. */
  readonly taken: number;
  /** Runs whose lease had expired. */
  readonly lookedAfter: number;
  /** Files that lie in the inbox for too long. */
  readonly overdue: number;
  /** Files that are loaded, and that no event has brought into their archive. */
  readonly unarchived: number;
}

/** Finds what was left behind: files nobody took or archived, runs nobody goes on with; tells of files that lie there too long. */
export async function sweep(settings: Settings, now: Date): Promise<Swept> {
  const loaded = await unarchivedItems(settings.archivedByEvent, now);
  const isLoaded = ({ bucket, key, versionId }: InboxObject) =>
    loaded.some((file) => file.bucket === bucket && file.key === key && file.versionId === versionId);
  const untaken: InboxObject[] = [];
  const overdue: InboxObject[] = [];
  for await (const object of listInbox(settings.inbox)) {
    const age = now.getTime() - object.lastModified.getTime();
    if (age >= settings.takeAfterMs && !(await isKnown(object))) untaken.push(object);
    if (age >= settings.alertAfterMs && !isLoaded(object)) overdue.push(object);
  }
  for (const object of untaken) await sendArrival(settings.queueUrl, object, now);
  const expired = await expiredItems(settings.datasets, now);
  for (const item of expired) await lookAfter(item, settings);
  if (overdue.length > 0) await publishOrLog(settings.failureTopic, overdueMessage(overdue, settings, now));
  const unarchived = loaded.filter((file) => isLate(file, settings, now));
  await askAgain(unarchived, settings);
  const counts = { taken: untaken.length, lookedAfter: expired.length, overdue: overdue.length };
  const swept = { ...counts, unarchived: unarchived.length };
  logger.info('swept the inbox', { ...swept });
  return swept;
}

async function isKnown({ bucket, key, versionId }: InboxObject): Promise<boolean> {
  return (await readFileItem(runIdOf(bucket, key, versionId))) !== undefined;
}

/** An event comes within minutes, if at all: AWS promises none. */
function isLate({ endedAt = '' }: FileItem, { takeAfterMs }: Settings, now: Date): boolean {
  return now.getTime() - Date.parse(endedAt) >= takeAfterMs;
}

async function askAgain(unarchived: readonly FileItem[], settings: Settings): Promise<void> {
  for (const { id } of unarchived) await sendUnarchived(settings.archiveQueueUrl, id);
  if (unarchived.length > 0) await publishOrLog(settings.failureTopic, unarchivedMessage(unarchived));
}
