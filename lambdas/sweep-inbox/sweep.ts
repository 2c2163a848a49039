import { runIdOf } from '../../contracts/run-id';
import { expiredItems } from '../ledger/expired-items';
import { readFileItem } from '../ledger/table';
import { logger } from '../log/logger';
import { publishOrLog } from '../message/publish-or-log';
import { listInbox, type InboxObject } from './list-inbox';
import { lookAfter } from './look-after';
import { overdueMessage } from './overdue-message';
import { sendArrival } from './send';
import type { Settings } from './settings';

/** What a sweep did. */
export interface Swept {
  /** Files that no run had taken, and that are taken now. */
  readonly taken: number;
  /** Runs whose lease had expired. */
  readonly lookedAfter: number;
  /** Files that lie in the inbox for too long. */
  readonly overdue: number;
}

/** Finds what was left behind: files nobody took, runs nobody goes on with; and tells of files that lie there too long. */
export async function sweep(settings: Settings, now: Date): Promise<Swept> {
  const untaken: InboxObject[] = [];
  const overdue: InboxObject[] = [];
  for await (const object of listInbox(settings.inbox)) {
    const age = now.getTime() - object.lastModified.getTime();
    if (age >= settings.takeAfterMs && !(await isKnown(object))) untaken.push(object);
    if (age >= settings.alertAfterMs) overdue.push(object);
  }
  for (const object of untaken) await sendArrival(settings.queueUrl, object, now);
  const expired = await expiredItems(settings.datasets, now);
  for (const item of expired) await lookAfter(item, settings);
  if (overdue.length > 0) await publishOrLog(settings.failureTopic, overdueMessage(overdue, settings, now));
  const swept = { taken: untaken.length, lookedAfter: expired.length, overdue: overdue.length };
  logger.info('swept the inbox', { ...swept });
  return swept;
}

async function isKnown({ bucket, key, versionId }: InboxObject): Promise<boolean> {
  return (await readFileItem(runIdOf(bucket, key, versionId))) !== undefined;
}
