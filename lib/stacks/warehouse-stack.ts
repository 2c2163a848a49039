import { Aws, CfnOutput, CustomResource, Duration, FileSystem, Stack, type StackProps } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import type { Contract } from '../../contracts/contract';
import { warehouseDdl } from '../../contracts/redshift-sql';
import { allowStatements, warehouseVariables } from '../constructs/redshift-access';
import { AssayFunction } from '../constructs/assay-function';
import { RedshiftServerless } from '../constructs/redshift-serverless';
import { WAREHOUSE_DATABASE, type Warehouse } from '../constructs/warehouse';
import { lambdaBundle } from '../lambda-bundles';
import type { ExistingWarehouseProps, Stage } from '../stages';
import type { LakeStack } from './lake-stack';

export interface WarehouseStackProps extends StackProps {
  readonly stage: Stage;
  readonly vpc: IVpc;
  readonly lake: LakeStack;
  readonly contracts: readonly Contract[];
}

/** The Redshift that datasets are loaded into, with its tables. */
export class WarehouseStack extends Stack {
  readonly warehouse: Warehouse;

  constructor(scope: Construct, id: string, props: WarehouseStackProps) {
    super(scope, id, props);
    const { stage, vpc, lake } = props;
    this.warehouse =
      stage.warehouse.kind === 'serverless'
        ? new RedshiftServerless(this, 'Warehouse', { ...stage.warehouse, stage, vpc, lake })
        : existing(stage.warehouse);
    this.migrate(props);
    new CfnOutput(this, 'WarehouseWorkgroupName', { value: this.warehouse.workgroupName });
    new CfnOutput(this, 'WarehouseDatabaseName', { value: this.warehouse.database });
  }

  /** Applies sql/redshift, which is in the function's bundle, and what the contracts say, at each deployment that changes them. */
  private migrate({ stage, contracts }: WarehouseStackProps): void {
    const step = 'migrate-redshift';
    const migrateRedshift = new AssayFunction(this, 'MigrateRedshift', {
      stage,
      step,
      description: 'creates and changes the tables of the warehouse: sql/redshift/ and the contracts',
      memorySize: 256,
      timeout: Duration.minutes(10),
      environment: warehouseVariables(this.warehouse, 'admin'),
    });
    allowStatements(migrateRedshift.function, this.warehouse);
    this.warehouse.allowAdmin(migrateRedshift.function);
    const loaded = contracts.filter(({ targets }) => targets.includes('redshift'));
    const migration = new CustomResource(this, 'Migration', {
      resourceType: 'Custom::RedshiftMigration',
      serviceToken: migrateRedshift.function.functionArn,
      serviceTimeout: Duration.minutes(11),
      properties: {
        bundle: FileSystem.fingerprint(lambdaBundle(step)),
        datasets: Object.fromEntries(loaded.map((contract) => [contract.dataset, warehouseDdl(contract)])),
      },
    });
    migration.node.addDependency(migrateRedshift);
    if (this.warehouse instanceof RedshiftServerless) migration.node.addDependency(this.warehouse);
  }
}

function existing({ workgroupName }: ExistingWarehouseProps): Warehouse {
  const workgroupArn = `arn:${Aws.PARTITION}:redshift-serverless:${Aws.REGION}:${Aws.ACCOUNT_ID}:workgroup/${workgroupName}`;
  return { workgroupName, workgroupArn, database: WAREHOUSE_DATABASE, allowAdmin: () => undefined };
}
