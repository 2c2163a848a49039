import type { FileItem } from '../ledger/items';
import { markSettled, takeOver } from '../ledger/progress';
import { logger } from '../log/logger';
import { leaseUntil } from './new-items';
import { settle } from './settle';
import type { Settings } from './settings';
import { startRun } from './start-run';

/**
 * Does what is left to do for an item, wherever an earlier delivery stopped: a claimed file is started, of a refused or
 * skipped one the consequences are drawn. Of a finished one nothing is left.
 */
export async function carryOn(item: FileItem, messageId: string, settings: Settings): Promise<void> {
  if (item.status === 'claimed') return startRun(item, settings.stateMachinePrefix);
  const now = new Date().toISOString();
  const isOurs =
    item.unsettled !== undefined && (await takeOver(item.id, messageId, Math.floor(Date.parse(now) / 1000), leaseUntil(now)));
  if (!isOurs) {
    logger.info('nothing to do: this version was received before', { run: item.id, status: item.status });
    return;
  }
  await settle(item, settings);
  await markSettled(item.id);
}
