import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Schedule } from 'aws-cdk-lib/aws-events';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { type ConcessionsProps, concessionsAtAddressGiven, concessionsOf } from './concessions-api';

/** A PostgreSQL that this app creates: Aurora Serverless v2, in the private subnets. */
export interface AuroraProps {
  readonly kind: 'aurora';
  /** Aurora capacity units; 0 lets an idle cluster pause, at the price of a first connection of some 15 seconds. */
  readonly minCapacity: number;
  readonly maxCapacity: number;
  /** A second instance in another zone, ready to take over. */
  readonly standby: boolean;
  readonly backupRetention: Duration;
}

/** A PostgreSQL that is there already, outside the VPC; host, port and password are parameters of the deployment. */
export interface ExistingDatabaseProps {
  readonly kind: 'existing';
  readonly username: string;
  readonly databaseName: string;
  readonly sslMode: 'disable' | 'verify-full';
}

/** A Redshift Serverless that this app creates, in the private subnets. */
export interface ServerlessWarehouseProps {
  readonly kind: 'serverless';
  /** Redshift processing units, each 16 GB; 8 is the least. */
  readonly baseCapacity: number;
  /** What it may scale to. */
  readonly maxCapacity: number;
  /** RPU hours a day; beyond them queries are refused until the next, so that a runaway query costs no fortune. */
  readonly dailyRpuHours: number;
}

/** A warehouse that is there already and answers the Redshift Data API. */
export interface ExistingWarehouseProps {
  readonly kind: 'existing';
  readonly workgroupName: string;
}

/** A Snowflake account, which dbt reaches from a container of its own. */
export interface SnowflakeAccountProps {
  readonly kind: 'account';
  /** Snowflake's endpoint service, by system$get_privatelink_config(); undefined: it is reached through a NAT gateway. */
  readonly privateLinkService: string | undefined;
  /** When dbt runs beside its runs after loads; undefined: only after those and on demand. */
  readonly daily: ScheduleExpression | undefined;
}

/** The emulator's own Snowflake and dbt. */
export interface LaptopSnowflakeProps {
  readonly kind: 'laptop';
}

export interface Stage {
  readonly name: string;
  readonly warehouse: ServerlessWarehouseProps | ExistingWarehouseProps;
  /** When the star schema is built from what was loaded; undefined: only on demand. */
  readonly refresh: Schedule | undefined;
  readonly snowflake: SnowflakeAccountProps | LaptopSnowflakeProps;
  /** When the transactions of the day before are generated; undefined: only on demand. */
  readonly transactions: { readonly daily: ScheduleExpression | undefined };
  readonly concessions: ConcessionsProps;
  readonly database: AuroraProps | ExistingDatabaseProps;
  /** What becomes of buckets, keys, ledger and database when their stack is destroyed. */
  readonly dataRemoval: RemovalPolicy.DESTROY | RemovalPolicy.RETAIN;
  /** Empties the buckets of a destroyed stack. Never where data is retained. */
  readonly autoDeleteObjects: boolean;
  /** Refuses to destroy a stack before its protection is taken away by hand. */
  readonly terminationProtection: boolean;
  /** Between two looks at a Glue run. */
  readonly pollEvery: Duration;
  /** G.1X workers (4 vCPU, 16 GB) of a Glue run, one of them the driver. */
  readonly jobWorkers: number;
  readonly logRetention: RetentionDays;
  /** Glue's logs, spills and bookmarks under the lake's key, by a Glue security configuration. */
  readonly encryptJobLogs: boolean;
  /** Accepted and rejected connections of the VPC, in a log group. */
  readonly flowLogs: boolean;
  /** Over which an alarm looks; also how late it may be. */
  readonly alarmPeriod: Duration;
}

const aws = {
  snowflake: { kind: 'account', privateLinkService: undefined, daily: ScheduleExpression.cron({ hour: '5', minute: '11' }) },
  transactions: { daily: ScheduleExpression.cron({ hour: '1', minute: '7' }) },
  dataRemoval: RemovalPolicy.RETAIN,
  autoDeleteObjects: false,
  terminationProtection: true,
  pollEvery: Duration.seconds(5),
  encryptJobLogs: true,
  flowLogs: true,
  alarmPeriod: Duration.minutes(5),
} as const satisfies Partial<Stage>;

const local: Stage = {
  name: 'local',
  database: { kind: 'existing', username: 'assay', databaseName: 'assay', sslMode: 'disable' },
  // The emulator's own Data API, which runs Redshift's SQL in PostgreSQL.
  warehouse: { kind: 'existing', workgroupName: 'assay-local' },
  snowflake: { kind: 'laptop' },
  transactions: { daily: undefined },
  concessions: concessionsAtAddressGiven,
  refresh: undefined,
  dataRemoval: RemovalPolicy.DESTROY,
  // The emulator's state is a folder that is thrown away whole.
  autoDeleteObjects: false,
  terminationProtection: false,
  pollEvery: Duration.seconds(1),
  jobWorkers: 2,
  logRetention: RetentionDays.ONE_WEEK,
  // The emulator knows neither AWS::Glue::SecurityConfiguration nor AWS::EC2::FlowLog.
  encryptJobLogs: false,
  flowLogs: false,
  alarmPeriod: Duration.minutes(1),
};

const dev: Stage = {
  ...aws,
  name: 'dev',
  concessions: concessionsOf('compliance.dev.example.com'),
  refresh: Schedule.cron({ hour: '4', minute: '23' }),
  database: {
    kind: 'aurora',
    minCapacity: 0,
    maxCapacity: 2,
    standby: false,
    backupRetention: Duration.days(1),
  },
  warehouse: { kind: 'serverless', baseCapacity: 8, maxCapacity: 8, dailyRpuHours: 16 },
  dataRemoval: RemovalPolicy.DESTROY,
  autoDeleteObjects: true,
  terminationProtection: false,
  jobWorkers: 2,
  logRetention: RetentionDays.ONE_WEEK,
};

const staging: Stage = {
  ...aws,
  name: 'staging',
  concessions: concessionsOf('compliance.staging.example.com'),
  refresh: Schedule.cron({ hour: '4', minute: '23' }),
  database: {
    kind: 'aurora',
    minCapacity: 0.5,
    maxCapacity: 4,
    standby: false,
    backupRetention: Duration.days(7),
  },
  warehouse: { kind: 'serverless', baseCapacity: 8, maxCapacity: 32, dailyRpuHours: 64 },
  jobWorkers: 3,
  logRetention: RetentionDays.ONE_MONTH,
};

const prod: Stage = {
  ...aws,
  name: 'prod',
  concessions: concessionsOf('compliance.example.com'),
  refresh: Schedule.cron({ minute: '23' }),
  database: {
    kind: 'aurora',
    minCapacity: 1,
    maxCapacity: 16,
    standby: true,
    backupRetention: Duration.days(35),
  },
  warehouse: { kind: 'serverless', baseCapacity: 32, maxCapacity: 128, dailyRpuHours: 512 },
  jobWorkers: 5,
  logRetention: RetentionDays.ONE_YEAR,
};

export const stages = { local, dev, staging, prod } as const satisfies Record<string, Stage>;

export type StageName = keyof typeof stages;

/** `-c stage=…` is missing or names none. */
export class UnknownStage extends Error {}

/** The stage of that name. Anything else is refused, nothing at all too: no stage is a safe guess in an AWS account. */
export function stageNamed(name: unknown): Stage {
  const stage = typeof name === 'string' ? Object.entries(stages).find(([key]) => key === name)?.[1] : undefined;
  if (stage === undefined) {
    throw new UnknownStage(
      `no stage ${name === undefined ? 'given' : JSON.stringify(name)}: say -c stage=NAME, NAME one of ${Object.keys(stages).join(', ')}`,
    );
  }
  return stage;
}
