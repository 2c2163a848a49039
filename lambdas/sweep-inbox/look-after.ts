import type { FileItem } from '../ledger/items';
import { extendLease } from '../ledger/progress';
import { closeIfCutOff } from './close-if-cut-off';
import { sendLeftBehind } from './send';
import type { Settings } from './settings';

/** An item whose lease has expired: what was not started is started, of what was started the execution is looked at. */
export async function lookAfter(item: FileItem, settings: Settings): Promise<void> {
  if (item.status !== 'running' || item.executionArn === undefined) return sendLeftBehind(settings.queueUrl, item.id);
  const isOver = await closeIfCutOff(item, item.executionArn, settings);
  if (!isOver) await extendLease(item.id);
}
