import { Duration, Tags } from 'aws-cdk-lib';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { LakeStack } from '../stacks/lake-stack';
import type { Stage } from '../stages';
import { AssayFunction } from './assay-function';
import { allowStatements, warehouseVariables } from './redshift-access';
import type { Warehouse } from './warehouse';

export interface RedshiftLambdasProps {
  readonly stage: Stage;
  readonly lake: LakeStack;
  readonly warehouse: Warehouse;
}

/** The functions that speak to the warehouse. */
export class RedshiftLambdas extends Construct {
  readonly loadRedshift: Function;

  constructor(scope: Construct, id: string, { stage, lake, warehouse }: RedshiftLambdasProps) {
    super(scope, id);
    const { function: loadRedshift } = new AssayFunction(this, 'LoadRedshift', {
      stage,
      step: 'load-redshift',
      description: "a run's changes into the warehouse's staging tables, in one transaction",
      memorySize: 256,
      timeout: Duration.minutes(15),
      environment: {
        ...warehouseVariables(warehouse, 'itself'),
        WORK_PATH: `s3://${lake.buckets.silver.bucketName}/_work`,
      },
    });
    allowStatements(loadRedshift, warehouse);
    // sql/redshift/03_grants.sql says what the role may do.
    if (loadRedshift.role !== undefined) Tags.of(loadRedshift.role).add('RedshiftDbRoles', 'assay_loader');
    this.loadRedshift = loadRedshift;
  }
}
