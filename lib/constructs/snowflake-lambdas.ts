import { Duration } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { LakeStack } from '../stacks/lake-stack';
import type { Stage } from '../stages';
import { allow, allowItems, allowKey, allowRead, allowSecret, allowWrite } from './access';
import { AssayFunction } from './assay-function';
import { type Snowflake, snowflakeVariables } from './snowflake';
import { SNOWFLAKE_PREFIX } from './storage-integration-role';

export interface SnowflakeLambdasProps {
  readonly stage: Stage;
  readonly lake: LakeStack;
  readonly snowflake: Snowflake;
}

/** The functions that load Snowflake, and those by which dbt runs one at a time. */
export class SnowflakeLambdas extends Construct {
  readonly loadSnowflake: Function;
  readonly publishSnowflake: Function;
  /** Not a step: how an operator looks at the tables, read-only. */
  readonly querySnowflake: Function;
  readonly beginDbt: Function;
  readonly endDbt: Function;

  constructor(scope: Construct, id: string, props: SnowflakeLambdasProps) {
    super(scope, id);
    this.loadSnowflake = this.createLoad(props);
    this.publishSnowflake = this.createPublish(props);
    this.querySnowflake = this.createQuery(props);
    this.beginDbt = this.createTurn(props, 'begin-dbt', 'whether dbt is to run, and that nobody else runs it');
    this.endDbt = this.createTurn(props, 'end-dbt', 'lets others run dbt');
  }

  private createLoad({ stage, lake, snowflake }: SnowflakeLambdasProps): Function {
    const { inbox, bronze, silver } = lake.buckets;
    const { function: load } = new AssayFunction(this, 'LoadSnowflake', {
      stage,
      step: 'load-snowflake',
      description: "a file's rows into Snowflake's RAW, as they are, once",
      memorySize: 256,
      timeout: Duration.minutes(15),
      network: snowflake.network,
      environment: {
        ...snowflakeVariables(snowflake, 'loader'),
        INBOX_BUCKET: inbox.bucketName,
        WORK_BUCKET: silver.bucketName,
        WORK_PREFIX: SNOWFLAKE_PREFIX,
        LEDGER_TABLE: lake.ledger.table.tableName,
      },
    });
    allowRead(load, bronze);
    allowWrite(load, silver, SNOWFLAKE_PREFIX);
    allowKey(load, lake.key);
    allowItems(load, lake.ledger.table, ['GetItem']);
    allowSecret(load, snowflake.secrets.loader);
    return load;
  }

  private createPublish({ stage, lake, snowflake }: SnowflakeLambdasProps): Function {
    const { silver } = lake.buckets;
    const { function: publish } = new AssayFunction(this, 'PublishSnowflake', {
      stage,
      step: 'publish-snowflake',
      description: "a run's changes into Snowflake's PUBLISHED, in one transaction",
      memorySize: 256,
      timeout: Duration.minutes(15),
      network: snowflake.network,
      environment: {
        ...snowflakeVariables(snowflake, 'loader'),
        WORK_BUCKET: silver.bucketName,
        WORK_PREFIX: SNOWFLAKE_PREFIX,
      },
    });
    // It names the files; Snowflake reads them, with a role of its own.
    allow(publish, ['s3:ListBucket'], [silver.bucketArn]);
    allowSecret(publish, snowflake.secrets.loader);
    return publish;
  }

  private createQuery({ stage, snowflake }: SnowflakeLambdasProps): Function {
    const { function: query } = new AssayFunction(this, 'QuerySnowflake', {
      stage,
      step: 'query-snowflake',
      description: 'answers a query, read-only',
      memorySize: 256,
      timeout: Duration.minutes(1),
      network: snowflake.network,
      environment: snowflakeVariables(snowflake, 'reader'),
    });
    allowSecret(query, snowflake.secrets.reader);
    return query;
  }

  private createTurn({ stage, lake }: SnowflakeLambdasProps, step: string, description: string): Function {
    const { function: turn } = new AssayFunction(this, step, {
      stage,
      step,
      description,
      memorySize: 256,
      timeout: Duration.minutes(1),
      environment: { LEDGER_TABLE: lake.ledger.table.tableName },
    });
    allowItems(turn, lake.ledger.table, ['GetItem', 'UpdateItem']);
    return turn;
  }
}
