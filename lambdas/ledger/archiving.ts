import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import type { KeptVersion } from '../../contracts/run';
import { FileItem } from './items';
import { ledger, ledgerTable } from './table';
import { update } from './update';

/** Of nothing older is anything known that could be told. */
const MAX_AGE_MS = 90 * 24 * 3_600_000;

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
export async function unarchivedItems(datasets: readonly string[], now: Date): Promise<FileItem[]> {
  const lists = await Promise.all(datasets.map((dataset) => unarchivedOf(dataset, now)));
  return lists.flat();
}

async function unarchivedOf(dataset: string, now: Date): Promise<FileItem[]> {
  const pages = paginateQuery(
    { client: ledger },
    {
      TableName: ledgerTable(),
      IndexName: 'by-dataset',
      KeyConditionExpression: 'dataset = :dataset and startedAt >= :since',
      FilterExpression: '#status = :succeeded and attribute_not_exists(#archive)',
      ExpressionAttributeNames: { '#status': 'status', '#archive': 'archive' },
      ExpressionAttributeValues: {
        ':dataset': dataset,
        ':since': new Date(now.getTime() - MAX_AGE_MS).toISOString(),
        ':succeeded': 'succeeded',
      },
    },
  );
  const items: FileItem[] = [];
  for await (const { Items: page = [] } of pages) items.push(...page.map((item) => FileItem.parse(item)));
  return items;
}
