import { join } from 'node:path';
import { Aws, Duration } from 'aws-cdk-lib';
import {
  Code,
  GlueVersion,
  type IConnection,
  type ISecurityConfiguration,
  PySparkEtlJob,
  WorkerType,
} from 'aws-cdk-lib/aws-glue';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { projectRoot } from '../project-root';
import type { Stage } from '../stages';
import { allow, allowRead } from './access';
import { sparkConf } from './spark-conf';

export interface SparkJobProps {
  readonly stage: Stage;
  /** The step: `bronze-to-silver` runs glue-scripts/bronze_to_silver.py. */
  readonly step: string;
  readonly description: string;
  /** The zip with the package that the scripts share. */
  readonly sharedPackage: Asset;
  /** Arguments of every run, the run's own come on top. */
  readonly arguments: Readonly<Record<string, string>>;
  /** Encrypts logs and spills. @default none */
  readonly securityConfiguration?: ISecurityConfiguration | undefined;
  /** Puts the workers into a VPC. @default they run outside of any */
  readonly connection?: IConnection | undefined;
}

/** Of the job of a step. */
export function jobName(stage: Stage, step: string): string {
  return `assay-${stage.name}-${step}`;
}

/** A Glue Spark job, with a role of its own that may write logs and metrics and nothing else until it is granted. */
export class SparkJob extends Construct {
  readonly job: PySparkEtlJob;
  readonly role: Role;

  constructor(scope: Construct, id: string, props: SparkJobProps) {
    super(scope, id);
    const { stage, step } = props;
    this.role = this.createRole(props);
    const { bucket, s3ObjectKey } = props.sharedPackage;
    // All assets: the script and the job documents lie beside the shared package.
    allowRead(this.role, bucket);
    this.job = new PySparkEtlJob(this, 'Job', {
      jobName: jobName(stage, step),
      description: props.description,
      // What the library would add to it for the assets has action wildcards.
      role: this.role.withoutPolicyUpdates(),
      script: Code.fromAsset(join(projectRoot, 'glue-scripts', `${step.replaceAll('-', '_')}.py`)),
      extraPythonFiles: [Code.fromBucket(bucket, s3ObjectKey)],
      glueVersion: GlueVersion.V5_1,
      workerConfiguration: { workerType: WorkerType.G_1X, numberOfWorkers: stage.jobWorkers },
      // A file is a run: so many files may arrive at once; above it Step Functions tries again.
      maxConcurrentRuns: 50,
      // The state machine retries, which knows what a failure means.
      maxRetries: 0,
      jobRunQueuingEnabled: true,
      timeout: Duration.hours(1),
      defaultArguments: { '--datalake-formats': 'iceberg', '--conf': sparkConf(), ...props.arguments },
      // Lines may quote a file's cells: they are written where they are encrypted.
      continuousLogging: { enabled: props.securityConfiguration !== undefined },
      ...(props.securityConfiguration && { securityConfiguration: props.securityConfiguration }),
      ...(props.connection && { connections: [props.connection] }),
    });
  }

  private createRole({ securityConfiguration, connection }: SparkJobProps): Role {
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('glue.amazonaws.com') });
    const logGroups = `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:/aws-glue/*`;
    const logActions = ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'];
    allow(role, securityConfiguration ? [...logActions, 'logs:AssociateKmsKey'] : logActions, [logGroups]);
    role.addToPolicy(
      new PolicyStatement({
        actions: ['cloudwatch:PutMetricData'],
        resources: ['*'],
        conditions: { StringEquals: { 'cloudwatch:namespace': 'Glue' } },
      }),
    );
    if (connection) allowNetwork(role, connection);
    return role;
  }
}

/** What Glue itself does in the role's name to put workers into subnets; EC2 takes no narrower resource for most of it. */
function allowNetwork(role: Role, connection: IConnection): void {
  allow(
    role,
    ['glue:GetConnection'],
    [connection.connectionArn, `arn:${Aws.PARTITION}:glue:${Aws.REGION}:${Aws.ACCOUNT_ID}:catalog`],
  );
  const describe = ['Subnets', 'SecurityGroups', 'NetworkInterfaces', 'VpcEndpoints', 'RouteTables', 'VpcAttribute'];
  const change = ['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:CreateTags', 'ec2:DeleteTags'];
  allow(role, [...describe.map((what) => `ec2:Describe${what}`), ...change], ['*']);
}
