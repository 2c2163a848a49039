import { ExecutionAlreadyExists, SFNClient, StartExecutionCommand } from '@aws-sdk/client-sfn';
import { ReceivedRun } from '../../contracts/run';
import { awsClient } from '../aws/client';
import type { FileItem } from '../ledger/items';
import { markRunning } from '../ledger/progress';

const stepFunctions = awsClient(SFNClient);

/** Starts the one execution of a claimed file, which has the run's id as its name: started twice, it is still one. */
export async function startRun(item: FileItem, stateMachinePrefix: string): Promise<void> {
  await markRunning(item.id, await startExecution(stateMachinePrefix + item.dataset, runDocument(item)));
}

/** What the execution is started with. From the ledger alone, so that a second start has the same input to the letter. */
export function runDocument(item: FileItem): ReceivedRun {
  const [year, month, day] = (item.ingestionDate ?? '').split('-');
  const { bucket, key, versionId, size, sha256 } = item.stored ?? item;
  const place = { bucket, key, versionId, size, sha256, path: `s3://${bucket}/${key}` };
  const source = { key: item.key, versionId: item.versionId, modifiedAt: item.lastModified };
  return ReceivedRun.parse({ ...item, ...place, source, runId: item.id, year, month, day });
}

async function startExecution(stateMachineArn: string, run: ReceivedRun): Promise<string> {
  const { runId: name } = run;
  try {
    const request = new StartExecutionCommand({ stateMachineArn, name, input: JSON.stringify(run) });
    const { executionArn } = await stepFunctions.send(request);
    if (executionArn !== undefined) return executionArn;
  } catch (error) {
    if (!(error instanceof ExecutionAlreadyExists)) throw error;
  }
  return `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
}
