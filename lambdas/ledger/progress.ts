import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { ContentItem, FileItem, contentId, type RunError } from './items';
import { ledger, ledgerTable } from './table';

/** What became of a run. */
export interface Outcome {
  readonly status: 'succeeded' | 'failed';
  readonly endedAt: string;
  readonly executionArn: string;
  readonly error?: RunError;
}

type Change = Pick<
  UpdateCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** The execution is under way, unless it is over already. */
export async function markRunning(runId: string, executionArn: string): Promise<void> {
  await update(runId, {
    UpdateExpression: 'set #status = :running, executionArn = :execution',
    ConditionExpression: '#status = :claimed',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':running': 'running', ':claimed': 'claimed', ':execution': executionArn },
  });
}

/** Takes what is left to do for an entered file upon this delivery. False: it is done, or another delivery is at it. */
export async function takeOver(runId: string, by: string, now: number, until: number): Promise<boolean> {
  const taken = await update(runId, {
    UpdateExpression: 'set unsettled = :mine',
    ConditionExpression: 'attribute_exists(unsettled) and (unsettled.#by = :by or unsettled.#until < :now)',
    ExpressionAttributeNames: { '#by': 'by', '#until': 'until' },
    ExpressionAttributeValues: { ':mine': { by, until }, ':by': by, ':now': now },
  });
  return taken !== undefined;
}

export async function markSettled(runId: string): Promise<void> {
  await update(runId, { UpdateExpression: 'remove unsettled', ConditionExpression: 'attribute_exists(id)' });
}

/** Writes a run's outcome; undefined when the ledger does not know the run. A later attempt of the run overwrites it. */
export async function closeFile(runId: string, outcome: Outcome): Promise<FileItem | undefined> {
  const { status, endedAt, executionArn, error } = outcome;
  const item = await update(runId, {
    UpdateExpression:
      'set #status = :status, endedAt = :ended, executionArn = :execution' + (error ? ', #error = :error' : ' remove #error'),
    ConditionExpression: 'attribute_exists(id)',
    ExpressionAttributeNames: { '#status': 'status', '#error': 'error' },
    ExpressionAttributeValues: {
      ':status': status,
      ':ended': endedAt,
      ':execution': executionArn,
      ...(error && { ':error': error }),
    },
  });
  return item && FileItem.parse(item);
}

/** Writes the outcome to the bytes' item; undefined when the bytes are by now another run's. */
export async function closeContent(
  dataset: string,
  sha256: string,
  runId: string,
  status: Outcome['status'],
): Promise<ContentItem | undefined> {
  const item = await update(contentId(dataset, sha256), {
    UpdateExpression: 'set #status = :status',
    ConditionExpression: 'runId = :run',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':status': status, ':run': runId },
  });
  return item && ContentItem.parse(item);
}

/** The item after the change; undefined when its condition does not hold. */
async function update(id: string, change: Change): Promise<Record<string, unknown> | undefined> {
  try {
    const request = { TableName: ledgerTable(), Key: { id }, ReturnValues: 'ALL_NEW', ...change } as const;
    return (await ledger.send(new UpdateCommand(request))).Attributes;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
