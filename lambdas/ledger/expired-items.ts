import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { FileItem } from './items';
import { ledger, ledgerTable } from './table';

/** Of nothing older is an execution known: Step Functions keeps them for 90 days. */
const MAX_AGE_MS = 90 * 24 * 3_600_000;

/** Items of the datasets whose lease is over: claimed or running, or with something still to be done for them. */
export async function expiredItems(datasets: readonly string[], now: Date): Promise<FileItem[]> {
  const lists = await Promise.all(datasets.map((dataset) => expiredOf(dataset, now)));
  return lists.flat();
}

async function expiredOf(dataset: string, now: Date): Promise<FileItem[]> {
  const pages = paginateQuery(
    { client: ledger },
    {
      TableName: ledgerTable(),
      IndexName: 'by-dataset',
      KeyConditionExpression: 'dataset = :dataset and startedAt >= :since',
      FilterExpression: 'leaseUntil < :now or unsettled.#until < :now',
      ExpressionAttributeNames: { '#until': 'until' },
      ExpressionAttributeValues: {
        ':dataset': dataset,
        ':since': new Date(now.getTime() - MAX_AGE_MS).toISOString(),
        ':now': Math.floor(now.getTime() / 1000),
      },
    },
  );
  const items: FileItem[] = [];
  for await (const { Items: page = [] } of pages) items.push(...page.map((item) => FileItem.parse(item)));
  return items;
}
