import { Duration } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Stage } from '../stages';
import { AssayFunction } from './assay-function';
import type { PostgresDatabase } from './postgres-database';

export interface RdsLambdasProps {
  readonly stage: Stage;
  readonly database: PostgresDatabase;
}

/** The functions that speak to the database. */
export class RdsLambdas extends Construct {
  readonly upsertRds: Function;
  /** Not a step: how an operator looks at the tables, read-only. */
  readonly queryRds: Function;

  constructor(scope: Construct, id: string, { stage, database }: RdsLambdasProps) {
    super(scope, id);
    this.upsertRds = new AssayFunction(this, 'UpsertRds', {
      stage,
      database,
      step: 'upsert-rds',
      description: "a run's staging rows into the production tables, in one transaction",
      memorySize: 256,
      timeout: Duration.minutes(15),
    }).function;
    this.queryRds = new AssayFunction(this, 'QueryRds', {
      stage,
      database,
      step: 'query-rds',
      description: 'answers a query, read-only',
      memorySize: 256,
      timeout: Duration.minutes(1),
    }).function;
  }
}
