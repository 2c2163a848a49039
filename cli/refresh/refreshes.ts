import {
  DescribeExecutionCommand,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  SFNClient,
  type HistoryEvent,
} from '@aws-sdk/client-sfn';
import { z } from 'zod';
import { RefreshState } from '../../contracts/refresh';
import { Failure } from '../../contracts/run';
import type { Account } from '../aws/account';
import { causeText } from '../aws/lambda-error';
import { startExecution } from '../execution/start-execution';
import type { RefreshLook } from './refresh-run';

/** As a failure travels through the state machine's last states. */
const FailedInput = z.object({ failure: Failure.extend({ step: z.string() }) });
const LOOPING_STEP = 'RefreshModels';

/** The executions of a stage's refresh-warehouse. */
export class Refreshes {
  private readonly client: SFNClient;

  constructor(private readonly account: Account) {
    this.client = new SFNClient(account.settings);
  }

  async start(input: Pick<RefreshState, 'full'>): Promise<{ readonly id: string; readonly arn: string }> {
    return startExecution(this.account, 'RefreshWarehouseArn', input);
  }

  async look(executionArn: string): Promise<RefreshLook> {
    try {
      const { status = 'RUNNING', output } = await this.client.send(new DescribeExecutionCommand({ executionArn }));
      if (status === 'SUCCEEDED') return { status, state: RefreshState.parse(JSON.parse(output ?? '')), failure: undefined };
      // The history after the status: that of an ended execution is then whole.
      return { status, ...(await this.newest(executionArn)) };
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return { status: 'GONE', state: undefined, failure: undefined };
      throw error;
    }
  }

  private async newest(executionArn: string): Promise<Omit<RefreshLook, 'status'>> {
    let failure: RefreshLook['failure'];
    for await (const event of this.newestFirst(executionArn)) {
      failure ??= failureOf(event);
      const state = stateOf(event);
      if (state !== undefined) return { state, failure };
    }
    return { state: undefined, failure };
  }

  /** The end of a history tells all; those of large refreshes are long. */
  private async *newestFirst(executionArn: string): AsyncGenerator<HistoryEvent> {
    let nextToken: string | undefined;
    do {
      const page = await this.client.send(
        new GetExecutionHistoryCommand({
          executionArn,
          maxResults: 50,
          reverseOrder: true,
          includeExecutionData: true,
          nextToken,
        }),
      );
      yield* page.events ?? [];
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  }
}

function stateOf({ stateExitedEventDetails: left }: HistoryEvent): RefreshState | undefined {
  if (left?.name !== LOOPING_STEP || left.output === undefined) return undefined;
  // A step that failed is left, too, with what it was given, which before the first answer is no state.
  return RefreshState.safeParse(JSON.parse(left.output)).data;
}

function failureOf({ stateEnteredEventDetails: entered }: HistoryEvent): RefreshLook['failure'] {
  const failed = FailedInput.safeParse(JSON.parse(entered?.input ?? 'null')).data?.failure;
  return failed && { step: failed.step, name: failed.Error, cause: causeText(failed.Cause) };
}
