import { join } from 'node:path';
import { RemovalPolicy } from 'aws-cdk-lib';
import {
  Cluster,
  type ContainerDefinition,
  ContainerImage,
  ContainerInsights,
  CpuArchitecture,
  FargateTaskDefinition,
  LogDrivers,
  OperatingSystemFamily,
  Secret,
} from 'aws-cdk-lib/aws-ecs';
import { Platform } from 'aws-cdk-lib/aws-ecr-assets';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { projectRoot } from '../project-root';
import type { Stage } from '../stages';
import { SNOWFLAKE_DATABASE, SNOWFLAKE_USERS } from '../../contracts/snowflake-users';
import type { Snowflake } from './snowflake';

export interface DbtTaskProps {
  readonly stage: Stage;
  readonly snowflake: Snowflake;
}

/** The container's name; the laptop runs the container of this name by a dbt of its own. */
export const DBT_CONTAINER = 'dbt';

/** dbt as a task of Fargate: the image of sql/dbt, which has the models in it. */
export class DbtTask extends Construct {
  readonly cluster: Cluster;
  readonly definition: FargateTaskDefinition;
  readonly container: ContainerDefinition;
  readonly log: LogGroup;

  constructor(scope: Construct, id: string, { stage, snowflake }: DbtTaskProps) {
    super(scope, id);
    const family = `assay-${stage.name}-dbt`;
    this.cluster = new Cluster(this, 'Cluster', {
      clusterName: family,
      vpc: snowflake.network.vpc,
      containerInsightsV2: ContainerInsights.ENABLED,
    });
    this.definition = new FargateTaskDefinition(this, 'Task', {
      family,
      cpu: 512,
      memoryLimitMiB: 1024,
      runtimePlatform: { cpuArchitecture: CpuArchitecture.ARM64, operatingSystemFamily: OperatingSystemFamily.LINUX },
    });
    this.log = new LogGroup(this, 'Logs', {
      logGroupName: `/assay/${stage.name}/dbt`,
      retention: stage.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.container = this.addContainer(stage, snowflake);
  }

  private addContainer(stage: Stage, { account, secrets }: Snowflake): ContainerDefinition {
    const { user, role, warehouse } = SNOWFLAKE_USERS.transformer;
    return this.definition.addContainer('Container', {
      containerName: DBT_CONTAINER,
      image: imageOf(stage),
      command: ['build'],
      readonlyRootFilesystem: false,
      environment: {
        SNOWFLAKE_ACCOUNT: account,
        SNOWFLAKE_USER: user,
        SNOWFLAKE_ROLE: role,
        SNOWFLAKE_WAREHOUSE: warehouse,
        SNOWFLAKE_DATABASE,
      },
      // Put there when the task starts; the template knows the secret's name alone.
      secrets: { SNOWFLAKE_PRIVATE_KEY: Secret.fromSecretsManager(secrets.transformer, 'privateKey') },
      logging: LogDrivers.awsLogs({ streamPrefix: DBT_CONTAINER, logGroup: this.log }),
    });
  }
}

function imageOf({ snowflake }: Stage): ContainerImage {
  // Never pulled: the emulator has no containers.
  if (snowflake.kind === 'laptop') return ContainerImage.fromRegistry(DBT_CONTAINER);
  return ContainerImage.fromAsset(join(projectRoot, 'sql', 'dbt'), { platform: Platform.LINUX_ARM64 });
}
