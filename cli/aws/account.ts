import { CloudFormationClient, DescribeStacksCommand, type Stack } from '@aws-sdk/client-cloudformation';
import { UserError } from '../failure';

/** What every SDK client of a command is made with; empty for a real account, where the SDK's own chain decides. */
export interface ClientSettings {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

export type StackName = 'network' | 'database' | 'lake' | 'warehouse' | 'snowflake' | 'pipelines';

/** A deployed stage, wherever it is. */
export class Account {
  private readonly outputs = new Map<StackName, Promise<ReadonlyMap<string, string>>>();

  constructor(
    readonly stage: string,
    readonly settings: ClientSettings,
  ) {}

  /** An output of one of the stage's stacks. */
  async output(stack: StackName, key: string): Promise<string> {
    const outputs = this.outputs.get(stack) ?? this.readOutputs(stack);
    this.outputs.set(stack, outputs);
    const value = (await outputs).get(key);
    if (value === undefined) {
      throw new UserError(`stack ${this.stackName(stack)} has no output ${key}: ${this.howToDeploy()}`);
    }
    return value;
  }

  /** The stage's stacks with their states. */
  async stacks(): Promise<{ name: string; status: string }[]> {
    const stacks = await this.describe();
    return stacks
      .filter(({ StackName: name }) => name?.startsWith(this.stackName('')))
      .map(({ StackName: name = '', StackStatus: status = 'UNKNOWN' }) => ({ name, status }))
      .sort((one, other) => one.name.localeCompare(other.name));
  }

  private async readOutputs(stack: StackName): Promise<ReadonlyMap<string, string>> {
    const [found] = await this.describe(this.stackName(stack)).catch((error: unknown) => {
      if (error instanceof Error && /does not exist/.test(error.message)) return [];
      throw error;
    });
    if (found === undefined) throw new UserError(`stack ${this.stackName(stack)} is not deployed: ${this.howToDeploy()}`);
    return new Map(found.Outputs?.map(({ OutputKey: key = '', OutputValue: value = '' }) => [key, value]));
  }

  private async describe(name?: string): Promise<Stack[]> {
    const client = new CloudFormationClient(this.settings);
    const stacks: Stack[] = [];
    let token: string | undefined;
    do {
      const page = await client.send(new DescribeStacksCommand({ StackName: name, NextToken: token }));
      stacks.push(...(page.Stacks ?? []));
      token = page.NextToken;
    } while (token !== undefined);
    return stacks;
  }

  private stackName(stack: StackName | ''): string {
    return `assay-${this.stage}-${stack}`;
  }

  private howToDeploy(): string {
    return this.stage === 'local' ? 'run `npx assay up`' : `run \`npx cdk deploy --all -c stage=${this.stage}\``;
  }
}
