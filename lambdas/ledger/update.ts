import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import { UpdateCommand, type UpdateCommandInput } from '@aws-sdk/lib-dynamodb';
import { ledger, ledgerTable } from './table';

export type Change = Pick<
  UpdateCommandInput,
  'UpdateExpression' | 'ConditionExpression' | 'ExpressionAttributeNames' | 'ExpressionAttributeValues'
>;

/** The item after the change; undefined when its condition does not hold. */
export async function update(id: string, change: Change): Promise<Record<string, unknown> | undefined> {
  try {
    const request = { TableName: ledgerTable(), Key: { id }, ReturnValues: 'ALL_NEW', ...change } as const;
    return (await ledger.send(new UpdateCommand(request))).Attributes;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}
