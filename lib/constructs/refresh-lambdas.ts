import { Duration, Tags } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { Stage } from '../stages';
import { AssayFunction } from './assay-function';
import { allowStatements, warehouseVariables } from './redshift-access';
import type { Warehouse } from './warehouse';

export interface RefreshLambdasProps {
  readonly stage: Stage;
  readonly warehouse: Warehouse;
}

/** The functions of refresh-warehouse. */
export class RefreshLambdas extends Construct {
  readonly refreshModels: Function;
  readonly analyzeTables: Function;

  constructor(scope: Construct, id: string, props: RefreshLambdasProps) {
    super(scope, id);
    this.refreshModels = this.createRefresher(props, {
      step: 'refresh-models',
      description: 'builds the star schema and the marts, in one transaction',
      // Above the minute after which it says how the transaction is going.
      timeout: Duration.minutes(3),
    });
    this.analyzeTables = this.createRefresher(props, {
      step: 'analyze-tables',
      description: "the planner's statistics of the tables that a refresh changed",
      timeout: Duration.minutes(15),
    });
  }

  private createRefresher({ stage, warehouse }: RefreshLambdasProps, props: Refresher): Function {
    const { function: refresher } = new AssayFunction(this, props.step, {
      ...props,
      stage,
      memorySize: 256,
      environment: warehouseVariables(warehouse, 'itself'),
    });
    allowStatements(refresher, warehouse);
    // sql/redshift/08_grants.sql says what the role may do.
    if (refresher.role !== undefined) Tags.of(refresher.role).add('RedshiftDbRoles', 'assay_refresher');
    return refresher;
  }
}

interface Refresher {
  readonly step: string;
  readonly description: string;
  readonly timeout: Duration;
}
