import { TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { PutCommand, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { contentId, type ContentItem, type FileItem } from './items';
import { ledger, ledgerTable } from './table';

type Write = NonNullable<ConstructorParameters<typeof TransactWriteCommand>[0]['TransactItems']>[number];

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

/**
 * Claims the version, and its bytes for the dataset; `failed` is the run that had the bytes before and did not bring them in.
 * False: somebody was quicker with either; look again.
 */
export async function claim(item: FileItem, sha256: string, failed?: ContentItem): Promise<boolean> {
  return writeBoth(item, {
    TableName: ledgerTable(),
    Key: { id: contentId(item.dataset, sha256) },
    ConditionExpression: failed ? '#status = :failed and runId = :previous' : IS_NEW,
    UpdateExpression:
      'set runId = :run, #key = :key, versionId = :version, #status = :claimed' + (failed ? ' add copies :copies' : ''),
    ExpressionAttributeNames: { '#status': 'status', '#key': 'key' },
    ExpressionAttributeValues: {
      ':run': item.id,
      ':key': item.key,
      ':version': item.versionId,
      ':claimed': 'claimed',
      ...(failed && { ':failed': 'failed', ':previous': failed.runId, ':copies': new Set([failed.runId]) }),
    },
  });
}

/** Enters a version that holds the same bytes as `first`. False: the version or the first run has changed; look again. */
export async function enterCopy(item: FileItem, first: ContentItem): Promise<boolean> {
  return writeBoth(item, {
    TableName: ledgerTable(),
    Key: { id: first.id },
    ConditionExpression: '#status <> :failed and runId = :first',
    UpdateExpression: 'add copies :copies',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':failed': 'failed', ':first': first.runId, ':copies': new Set([item.id]) },
  });
}

async function writeBoth(item: FileItem, content: NonNullable<Write['Update']>): Promise<boolean> {
  const file: Write = { Put: { TableName: ledgerTable(), Item: item, ConditionExpression: IS_NEW } };
  try {
    await ledger.send(new TransactWriteCommand({ TransactItems: [file, { Update: content }] }));
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
