import {
  DescribeExecutionCommand,
  DescribeStateMachineForExecutionCommand,
  ExecutionDoesNotExist,
  GetExecutionHistoryCommand,
  SFNClient,
  type ExecutionStatus,
  type HistoryEvent,
} from '@aws-sdk/client-sfn';
import type { Account } from '../aws/account';
import { plannedSteps } from './plan';
import { stepsSoFar, type Step } from './steps';

export interface Execution {
  /** As Step Functions names it; GONE when it no longer has the execution, which a real account forgets after 90 days. */
  readonly status: ExecutionStatus | 'GONE';
  readonly steps: readonly Step[];
  readonly error: { readonly name: string; readonly cause: string } | null;
}

/** The executions of a stage's state machines. */
export class Executions {
  private readonly client: SFNClient;
  private readonly plans = new Map<string, Promise<string[]>>();
  private readonly histories = new Map<string, HistoryEvent[]>();

  constructor(account: Account) {
    this.client = new SFNClient(account.settings);
  }

  async look(executionArn: string): Promise<Execution> {
    try {
      const { status = 'RUNNING', error, cause } = await this.client.send(new DescribeExecutionCommand({ executionArn }));
      // The history after the status: that of an ended execution is then whole.
      const steps = stepsSoFar(await this.plan(executionArn), await this.history(executionArn));
      return { status, steps, error: error === undefined ? null : { name: error, cause: cause ?? '' } };
    } catch (error) {
      if (error instanceof ExecutionDoesNotExist) return { status: 'GONE', steps: [], error: null };
      throw error;
    }
  }

  private plan(executionArn: string): Promise<string[]> {
    const plan = this.plans.get(executionArn) ?? this.readPlan(executionArn);
    this.plans.set(executionArn, plan);
    return plan;
  }

  private async readPlan(executionArn: string): Promise<string[]> {
    const { definition = '{}' } = await this.client.send(new DescribeStateMachineForExecutionCommand({ executionArn }));
    return plannedSteps(definition);
  }

  /** All events so far. Those of the last look are kept: a loop that waits makes thousands, and only the newest are new. */
  private async history(executionArn: string): Promise<HistoryEvent[]> {
    const known = this.histories.get(executionArn) ?? [];
    const last = known.at(-1)?.id ?? 0;
    const newest: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.client.send(
        new GetExecutionHistoryCommand({
          executionArn,
          maxResults: 100,
          reverseOrder: true,
          includeExecutionData: false,
          nextToken,
        }),
      );
      newest.push(...(page.events ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined && (newest.at(-1)?.id ?? 0) > last);
    const events = [...known, ...newest.filter(({ id = 0 }) => id > last).reverse()];
    this.histories.set(executionArn, events);
    return events;
  }
}
