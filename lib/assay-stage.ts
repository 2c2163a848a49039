import type { App, Stack } from 'aws-cdk-lib';
import { Tags } from 'aws-cdk-lib';
import type { Contract } from '../contracts/contract';
import { DatabaseStack } from './stacks/database-stack';
import { LakeStack } from './stacks/lake-stack';
import { NetworkStack } from './stacks/network-stack';
import { PipelinesStack } from './stacks/pipelines-stack';
import { WarehouseStack } from './stacks/warehouse-stack';
import type { Stage } from './stages';

export interface StageStacks {
  readonly network: NetworkStack;
  readonly lake: LakeStack;
  readonly database: DatabaseStack;
  readonly warehouse: WarehouseStack;
  readonly pipelines: PipelinesStack;
}

/**
 * The stacks of a stage. None is bound to an account or a region: nothing is looked up at synth, and one template fits
 * wherever it is deployed.
 */
export function addStacks(app: App, stage: Stage, contracts: readonly Contract[]): StageStacks {
  const named = (name: string): string => `assay-${stage.name}-${name}`;
  const props = { stage, terminationProtection: stage.terminationProtection };
  const network = new NetworkStack(app, named('network'), {
    ...props,
    description: 'Assay: private subnets and their endpoints',
  });
  const lake = new LakeStack(app, named('lake'), {
    ...props,
    contracts,
    description: 'Assay: buckets, catalog and ledger (holds data)',
  });
  const database = new DatabaseStack(app, named('database'), {
    ...props,
    vpc: network.vpc,
    description: 'Assay: PostgreSQL with its tables (holds data)',
  });
  const warehouse = new WarehouseStack(app, named('warehouse'), {
    ...props,
    contracts,
    lake,
    vpc: network.vpc,
    description: 'Assay: Redshift with its tables (holds data)',
  });
  const pipelines = new PipelinesStack(app, named('pipelines'), {
    ...props,
    contracts,
    lake,
    database: database.database,
    warehouse: warehouse.warehouse,
    description: 'Assay: from the inbox to the tables',
  });
  // Its roles may do what the migration grants: it has to be there first.
  pipelines.addStackDependency(warehouse);
  const stacks = { network, lake, database, warehouse, pipelines };
  for (const stack of Object.values<Stack>(stacks)) Tags.of(stack).add('assay:stage', stage.name);
  return stacks;
}
