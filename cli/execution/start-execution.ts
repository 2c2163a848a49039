import { randomUUID } from 'node:crypto';
import { SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import type { Account } from '../aws/account';

/**
 * Starts an execution of the machine that is this output of the pipelines stack. Its name makes a call that AWS had taken, and
 * whose answer got lost, the same once more.
 */
export async function startExecution(
  account: Account,
  output: string,
  input: object,
): Promise<{ readonly id: string; readonly arn: string }> {
  const id = randomUUID();
  const stateMachineArn = await account.output('pipelines', output);
  const request = new StartExecutionCommand({ stateMachineArn, name: id, input: JSON.stringify(input) });
  const { executionArn: arn } = await new SFNClient(account.settings).send(request);
  if (arn === undefined) throw new Error('Step Functions started an execution without an ARN');
  return { id, arn };
}
