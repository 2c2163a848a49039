import { DescribeExecutionCommand, SFNClient } from '@aws-sdk/client-sfn';
import { type ExtractInput, ExtractResult, extractIdOf } from '../../contracts/extract';
import type { Account } from '../aws/account';
import { failureOf, newestFirst, type StepFailure } from '../execution/newest-events';
import { startExecution } from '../execution/start-execution';

export interface StartedExtract {
  readonly id: string;
  readonly arn: string;
}

/** The executions of a stage's extract-concessions. */
export class Extracts {
  private readonly client: SFNClient;

  constructor(private readonly account: Account) {
    this.client = new SFNClient(account.settings);
  }

  async start(input: Partial<ExtractInput>): Promise<StartedExtract> {
    const { id, arn } = await startExecution(this.account, 'ExtractConcessionsArn', input);
    return { id: extractIdOf(id), arn };
  }

  /** What an execution that succeeded ended with. */
  async result(executionArn: string): Promise<ExtractResult> {
    const { output } = await this.client.send(new DescribeExecutionCommand({ executionArn }));
    return ExtractResult.parse(JSON.parse(output ?? ''));
  }

  /** What a state of an execution that failed had failed with. */
  async failure(executionArn: string): Promise<StepFailure | undefined> {
    for await (const event of newestFirst(this.client, executionArn)) {
      const failure = failureOf(event);
      if (failure !== undefined) return failure;
    }
    return undefined;
  }
}
