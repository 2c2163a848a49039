import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { z } from 'zod';
import { awsClient } from '../aws/client';
import { ContentItem, FileItem, NameItem, contentId, nameId } from './items';

export const ledger = DynamoDBDocumentClient.from(awsClient(DynamoDBClient), {
  marshallOptions: { removeUndefinedValues: true },
});

/** The ledger's name, from the function's environment. */
export function ledgerTable(): string {
  return z.object({ LEDGER_TABLE: z.string().min(1) }).parse(process.env).LEDGER_TABLE;
}

export async function readFileItem(runId: string): Promise<FileItem | undefined> {
  const item = await readItem(runId);
  return item && FileItem.parse(item);
}

export async function readContentItem(dataset: string, sha256: string): Promise<ContentItem | undefined> {
  const item = await readItem(contentId(dataset, sha256));
  return item && ContentItem.parse(item);
}

/** The newest version of a name that was claimed. */
export async function readNameItem(file: Pick<FileItem, 'bucket' | 'key'>): Promise<NameItem | undefined> {
  const item = await readItem(nameId(file));
  return item && NameItem.parse(item);
}

async function readItem(id: string): Promise<Record<string, unknown> | undefined> {
  const { Item } = await ledger.send(new GetCommand({ TableName: ledgerTable(), Key: { id }, ConsistentRead: true }));
  return Item;
}

/** Whether some version of the key was received at or after the time. */
export async function wasReceivedSince(dataset: string, bucket: string, key: string, time: string): Promise<boolean> {
  let after: Record<string, unknown> | undefined;
  do {
    const page = await ledger.send(
      new QueryCommand({
        TableName: ledgerTable(),
        IndexName: 'by-dataset',
        KeyConditionExpression: 'dataset = :dataset and startedAt >= :time',
        FilterExpression: '#key = :key and #bucket = :bucket',
        ExpressionAttributeNames: { '#key': 'key', '#bucket': 'bucket' },
        ExpressionAttributeValues: { ':dataset': dataset, ':time': time, ':key': key, ':bucket': bucket },
        ExclusiveStartKey: after,
      }),
    );
    if (page.Count) return true;
    after = page.LastEvaluatedKey;
  } while (after);
  return false;
}
