import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { contentId, nameId, type ContentItem, type FileItem, type NameItem } from './items';
import { ledger, ledgerTable } from './table';

type Write = NonNullable<ConstructorParameters<typeof TransactWriteCommand>[0]['TransactItems']>[number];

/** A file that is entered with its bytes and its version's time. */
export type Claim = FileItem & { readonly sha256: string; readonly lastModified: string };

/** What the ledger says, before a claim, of the bytes and of the name. */
export interface Before {
  /** The run that had the bytes before and is no longer what they stand for. */
  readonly content: ContentItem | undefined;
  readonly name: NameItem | undefined;
}

const IS_NEW = 'attribute_not_exists(id)';

/** Enters a file whose outcome is known at once. False: the version is in the ledger already. */
export async function enter(item: FileItem): Promise<boolean> {
  try {
    await ledger.send(new PutCommand({ TableName: ledgerTable(), Item: item, ConditionExpression: IS_NEW }));
    return true;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return false;
    throw error;
  }
}

/** Claims the version, its bytes for the dataset, and its name. False: somebody was quicker with one of them; look again. */
export async function claim(item: Claim, before: Before): Promise<boolean> {
  const writes = [putNew(item), takeContent(item, before.content)];
  return writeAll(isNewer(item, before.name) ? [...writes, takeName(item, before.name)] : writes);
}

/** Enters a version that holds the same bytes as `first`. False: the version or the first run has changed; look again. */
export async function enterCopy(item: FileItem, first: ContentItem): Promise<boolean> {
  const content: Write['Update'] = {
    TableName: ledgerTable(),
    Key: { id: first.id },
    ConditionExpression: '#status <> :failed and runId = :first',
    UpdateExpression: 'add copies :copies',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':failed': 'failed', ':first': first.runId, ':copies': new Set([item.id]) },
  };
  return writeAll([putNew(item), { Update: content }]);
}

function putNew(item: FileItem): Write {
  return { Put: { TableName: ledgerTable(), Item: item, ConditionExpression: IS_NEW } };
}

function takeContent(item: Claim, before: ContentItem | undefined): Write {
  // The version of a failed run is still in the inbox and leaves it with this one.
  const copies = before?.status === 'failed' ? new Set([before.runId]) : undefined;
  const update: Write['Update'] = {
    TableName: ledgerTable(),
    Key: { id: contentId(item.dataset, item.sha256) },
    ConditionExpression: before ? '#status = :status and runId = :previous' : IS_NEW,
    UpdateExpression:
      'set runId = :run, #key = :key, versionId = :version, #status = :claimed' + (copies ? ' add copies :copies' : ''),
    ExpressionAttributeNames: { '#status': 'status', '#key': 'key' },
    ExpressionAttributeValues: {
      ':run': item.id,
      ':key': item.key,
      ':version': item.versionId,
      ':claimed': 'claimed',
      ...(before && { ':status': before.status, ':previous': before.runId }),
      ...(copies && { ':copies': copies }),
    },
  };
  return { Update: update };
}

function takeName(item: Claim, before: NameItem | undefined): Write {
  const { bucket, key, id: runId, versionId, lastModified } = item;
  const name: NameItem = { id: nameId({ bucket, key }), runId, versionId, lastModified };
  const put: Write['Put'] = {
    TableName: ledgerTable(),
    Item: name,
    ConditionExpression: before ? 'runId = :previous' : IS_NEW,
  };
  return { Put: before ? { ...put, ExpressionAttributeValues: { ':previous': before.runId } } : put };
}

/** Whether the version was written after the other one of its name. */
export function isNewer(item: Pick<Claim, 'lastModified' | 'versionId'>, other: NameItem | undefined): boolean {
  if (other === undefined) return true;
  if (item.lastModified !== other.lastModified) return item.lastModified > other.lastModified;
  return item.versionId > other.versionId;
}

async function writeAll(writes: Write[]): Promise<boolean> {
  try {
    await ledger.send(new TransactWriteCommand({ TransactItems: writes }));
    return true;
  } catch (error) {
    // A failed condition, or another transaction on the same items at this moment: either way, look again.
    if (error instanceof TransactionCanceledException && onlyOvertaken(error)) return false;
    throw error;
  }
}

function onlyOvertaken({ CancellationReasons = [] }: TransactionCanceledException): boolean {
  const expected = ['None', 'ConditionalCheckFailed', 'TransactionConflict'];
  return CancellationReasons.every(({ Code }) => expected.includes(Code ?? 'None'));
}
