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

  private async history(executionArn: string): Promise<HistoryEvent[]> {
    const events: HistoryEvent[] = [];
    let nextToken: string | undefined;
    do {
      const page = await this.client.send(
        new GetExecutionHistoryCommand({ executionArn, maxResults: 1000, includeExecutionData: false, nextToken }),
      );
      events.push(...(page.events ?? []));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
    return events;
  }
}
