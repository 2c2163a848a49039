import { DescribeExecutionCommand, ExecutionDoesNotExist, SFNClient, type HistoryEvent } from '@aws-sdk/client-sfn';
import { RefreshState } from '../../contracts/refresh';
import type { Account } from '../aws/account';
import { failureOf, newestFirst } from '../execution/newest-events';
import { startExecution } from '../execution/start-execution';
import type { RefreshLook } from './refresh-run';

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
    for await (const event of newestFirst(this.client, executionArn)) {
      failure ??= failureOf(event);
      const state = stateOf(event);
      if (state !== undefined) return { state, failure };
    }
    return { state: undefined, failure };
  }
}

function stateOf({ stateExitedEventDetails: left }: HistoryEvent): RefreshState | undefined {
  if (left?.name !== LOOPING_STEP || left.output === undefined) return undefined;
  // A step that failed is left, too, with what it was given, which before the first answer is no state.
  return RefreshState.safeParse(JSON.parse(left.output)).data;
}
