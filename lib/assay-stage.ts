import type { App, Stack, StackProps } from 'aws-cdk-lib';
import { Tags } from 'aws-cdk-lib';
import type { Contract } from '../contracts/contract';
import { DatabaseStack } from './stacks/database-stack';
import { LakeStack } from './stacks/lake-stack';
import { NetworkStack } from './stacks/network-stack';
import { PipelinesStack } from './stacks/pipelines-stack';
import { SnowflakeStack } from './stacks/snowflake-stack';
import { WarehouseStack } from './stacks/warehouse-stack';
import type { Stage } from './stages';

export interface StageStacks {
  readonly network: NetworkStack;
  readonly lake: LakeStack;
  readonly database: DatabaseStack;
  readonly warehouse: WarehouseStack;
  readonly snowflake: SnowflakeStack;
  readonly pipelines: PipelinesStack;
}

/**
 * The stacks of a stage. None is bound to an account or a region: nothing is looked up at synth, and one template fits
 * wherever it is deployed.
 */
export function addStacks(app: App, stage: Stage, contracts: readonly Contract[]): StageStacks {
  const add = adderOf(app, stage);
  const network = add(NetworkStack, 'network', 'private subnets and their endpoints', { stage });
  const { vpc } = network;
  const lake = add(LakeStack, 'lake', 'buckets, catalog and ledger (holds data)', { stage, contracts });
  const database = add(DatabaseStack, 'database', 'PostgreSQL with its tables (holds data)', { stage, vpc });
  const warehouse = add(WarehouseStack, 'warehouse', 'Redshift with its tables (holds data)', { stage, contracts, lake, vpc });
  const snowflake = add(SnowflakeStack, 'snowflake', 'the way to Snowflake', { stage, lake, vpc });
  const pipelines = add(PipelinesStack, 'pipelines', 'from the inbox to the tables', {
    stage,
    contracts,
    lake,
    database: database.database,
    warehouse: warehouse.warehouse,
    snowflake: snowflake.snowflake,
  });
  // Its roles may do what the migration grants: it has to be there first.
  pipelines.addStackDependency(warehouse);
  return { network, lake, database, warehouse, snowflake, pipelines };
}

/** What all stacks of a stage have in common. */
function adderOf(app: App, stage: Stage) {
  return <Props extends StackProps, Added extends Stack>(
    StackOf: new (scope: App, id: string, props: Props) => Added,
    name: string,
    holds: string,
    props: Props,
  ): Added => {
    const { terminationProtection } = stage;
    const shared = { terminationProtection, description: `Assay: ${holds}` };
    const stack = new StackOf(app, `assay-${stage.name}-${name}`, { ...shared, ...props });
    Tags.of(stack).add('assay:stage', stage.name);
    return stack;
  };
}
