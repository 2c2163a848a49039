import { paginateQuery, type QueryCommandInput } from '@aws-sdk/lib-dynamodb';
import { FileItem } from './items';
import { ledger, ledgerTable } from './table';

/** Of nothing older is an execution known: Step Functions keeps them for 90 days. */
const MAX_AGE_MS = 90 * 24 * 3_600_000;

/** Which of the items are meant, in DynamoDB's words. */
export type ItemFilter = Pick<QueryCommandInput, 'FilterExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'>;

/** Items of the datasets that began in the last 90 days and that the filter lets through. */
export async function recentItems(datasets: readonly string[], now: Date, filter: ItemFilter): Promise<FileItem[]> {
  const lists = await Promise.all(datasets.map((dataset) => recentOf(dataset, now, filter)));
  return lists.flat();
}

async function recentOf(dataset: string, now: Date, filter: ItemFilter): Promise<FileItem[]> {
  const since = new Date(now.getTime() - MAX_AGE_MS).toISOString();
  const pages = paginateQuery(
    { client: ledger },
    {
      ...filter,
      TableName: ledgerTable(),
      IndexName: 'by-dataset',
      KeyConditionExpression: 'dataset = :dataset and startedAt >= :since',
      ExpressionAttributeValues: { ...filter.ExpressionAttributeValues, ':dataset': dataset, ':since': since },
    },
  );
  const items: FileItem[] = [];
  for await (const { Items: page = [] } of pages) items.push(...page.map((item) => FileItem.parse(item)));
  return items;
}
