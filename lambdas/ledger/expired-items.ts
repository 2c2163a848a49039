import type { FileItem } from './items';
import { recentItems } from './recent-items';

/** Items of the datasets whose lease is over: claimed or running, or with something still to be done for them. */
export function expiredItems(datasets: readonly string[], now: Date): Promise<FileItem[]> {
  return recentItems(datasets, now, {
    FilterExpression: 'leaseUntil < :now or unsettled.#until < :now',
    ExpressionAttributeNames: { '#until': 'until' },
    ExpressionAttributeValues: { ':now': Math.floor(now.getTime() / 1000) },
  });
}
