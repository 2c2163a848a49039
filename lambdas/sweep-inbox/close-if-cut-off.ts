import { DescribeExecutionCommand, ExecutionDoesNotExist, SFNClient } from '@aws-sdk/client-sfn';
import { ExecutionCutOff } from '../../contracts/errors';
import { awsClient } from '../aws/client';
import type { FileItem } from '../ledger/items';
import { closeContent, closeUnreported } from '../ledger/progress';
import { readFileItem } from '../ledger/table';
import { publishOrLog } from '../message/publish-or-log';
import { failureMessage } from '../message/run-messages';
import { whereabouts } from '../message/whereabouts';
import type { Settings } from './settings';

const stepFunctions = awsClient(SFNClient);

/** Closes the run as failed, and tells, when its execution is over; says whether it is. A run that is closed stays as it is. */
export async function closeIfCutOff(item: FileItem, executionArn: string, { failureTopic }: Settings): Promise<boolean> {
  const state = await stateOf(executionArn);
  if (state === 'RUNNING' || state === 'PENDING_REDRIVE') return false;
  // Looked at after the execution: whatever that had to report is in the ledger by now.
  if (await isClosed(item.id)) return true;
  // The bytes first: the run is found again when this function dies in between.
  if (item.sha256 !== undefined) await closeContent(item.dataset, item.sha256, item.id, 'failed');
  const error = {
    name: ExecutionCutOff.name,
    cause: `the execution is ${state.toLowerCase().replaceAll('_', ' ')} and left no report`,
    step: 'unknown',
  };
  const end = { status: 'failed', endedAt: new Date().toISOString(), executionArn, error } as const;
  const closed = await closeUnreported(item.id, end);
  if (closed === undefined) return true;
  const message = failureMessage(closed, error, whereabouts(error, { outcome: item.outcome ?? 'load' }), executionArn);
  await publishOrLog(failureTopic, message);
  return true;
}

async function isClosed(runId: string): Promise<boolean> {
  const item = await readFileItem(runId);
  return item === undefined || !['claimed', 'running'].includes(item.status);
}

async function stateOf(executionArn: string): Promise<string> {
  try {
    return (await stepFunctions.send(new DescribeExecutionCommand({ executionArn }))).status ?? 'UNKNOWN';
  } catch (error) {
    if (error instanceof ExecutionDoesNotExist) return 'GONE';
    throw error;
  }
}
