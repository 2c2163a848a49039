import type { Laptop } from '../../local/laptop';
import { table } from '../output/table';

export interface StackState {
  /** `assay-<stage>-lake` */
  readonly name: string;
  /** As CloudFormation has it. */
  readonly status: string;
}

/** What `status --json` prints. */
export interface StageState {
  readonly stage: string;
  /** Of the laptop; a stage in AWS always runs. */
  readonly running: boolean;
  readonly laptop: {
    readonly endpoint: string;
    readonly pid: number;
    readonly startedAt: string;
    readonly ports: {
      readonly aws: number;
      readonly postgres: number;
      readonly snowflake: number;
      readonly concessions: number;
    };
    readonly logs: string;
  } | null;
  readonly stacks: readonly StackState[];
}

export function laptopState(laptop: Laptop): NonNullable<StageState['laptop']> {
  const { endpoint, pid, startedAt, postgres, snowflake, concessions, logs } = laptop;
  const ports = {
    aws: Number(new URL(endpoint).port),
    postgres: postgres.port,
    snowflake: snowflake.port,
    concessions: concessions.port,
  };
  return { endpoint, pid, startedAt, ports, logs };
}

export function stateText({ stage, running, laptop, stacks }: StageState): string {
  if (!running) return 'the laptop is not running: start it with `npx assay up`';
  const processes = laptop
    ? [
        `laptop      running since ${laptop.startedAt}, process ${laptop.pid}; ends with \`npx assay down\``,
        `AWS         ${laptop.endpoint}, an emulator; Spark runs its Glue jobs and answers its Athena`,
        `PostgreSQL  127.0.0.1:${laptop.ports.postgres}`,
        `Snowflake   127.0.0.1:${laptop.ports.snowflake}, the SQL API over DuckDB; dbt runs in it`,
        `concessions 127.0.0.1:${laptop.ports.concessions}, kept for an API that you start: docs/concessions.md`,
        `logs        ${laptop.logs}`,
      ]
    : [`stage ${stage}`];
  return [...processes, '', stacksText(stage, stacks)].join('\n');
}

function stacksText(stage: string, stacks: readonly StackState[]): string {
  if (stacks.length > 0)
    return table(
      ['stack', 'status'],
      stacks.map(({ name, status }) => [name, status]),
    );
  const how = stage === 'local' ? '`npx assay up`' : `\`npx cdk deploy --all -c stage=${stage}\``;
  return `nothing is deployed: ${how}`;
}
