import type { KeptVersion } from '../../contracts/run';
import type { FileItem } from './items';
import { recentItems } from './recent-items';
import { update } from './update';

/**
 * Takes it upon this delivery to archive the file of a loaded run, until a time in seconds. False: another delivery is at it,
 * or it is done.
 */
export async function takeArchiving(runId: string, by: string, now: number, until: number): Promise<boolean> {
  const taken = await update(runId, {
    UpdateExpression: 'set archiving = :mine',
    ConditionExpression:
      '#status = :succeeded and attribute_not_exists(#archive) and ' +
      '(attribute_not_exists(archiving) or archiving.#by = :by or archiving.#until < :now)',
    ExpressionAttributeNames: { '#status': 'status', '#archive': 'archive', '#by': 'by', '#until': 'until' },
    ExpressionAttributeValues: { ':mine': { by, until }, ':succeeded': 'succeeded', ':by': by, ':now': now },
  });
  return taken !== undefined;
}

/** Where the file is from now on. */
export async function recordArchive(runId: string, archive: KeptVersion): Promise<void> {
  await update(runId, {
    UpdateExpression: 'set #archive = :archive remove archiving',
    ConditionExpression: 'attribute_exists(id)',
    ExpressionAttributeNames: { '#archive': 'archive' },
    ExpressionAttributeValues: { ':archive': archive },
  });
}

/** Runs of the datasets that have loaded their file, which is in no archive yet. */
export function unarchivedItems(datasets: readonly string[], now: Date): Promise<FileItem[]> {
  return recentItems(datasets, now, {
    FilterExpression: '#status = :succeeded and attribute_not_exists(#archive)',
    ExpressionAttributeNames: { '#status': 'status', '#archive': 'archive' },
    ExpressionAttributeValues: { ':succeeded': 'succeeded' },
  });
}
