import { type Duration, RemovalPolicy } from 'aws-cdk-lib';
import { type ISecurityGroup, type ISubnet, type IVpc, SubnetType } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function, LoggingFormat, Runtime, Tracing } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { lambdaBundle } from '../lambda-bundles';
import type { Stage } from '../stages';
import { allow, allowSecret } from './access';
import type { PostgresDatabase } from './postgres-database';

export interface AssayFunctionProps {
  readonly stage: Stage;
  /** Folder of lambdas/, and the function's name. */
  readonly step: string;
  readonly description: string;
  readonly memorySize: number;
  readonly timeout: Duration;
  /** @default none of its own */
  readonly environment?: Record<string, string>;
  /** The database it speaks to: brings its secret, and its network where it has one. @default none */
  readonly database?: PostgresDatabase;
  /** Where it runs. @default the database's, or none */
  readonly network?: FunctionNetwork;
}

interface FunctionNetwork {
  readonly vpc: IVpc;
  /** @default those without a way out */
  readonly subnets?: readonly ISubnet[];
  readonly clients: ISecurityGroup;
}

/** A function of lambdas/, with a role of its own that may write its log and nothing else until it is granted. */
export class AssayFunction extends Construct {
  readonly function: Function;

  constructor(scope: Construct, id: string, props: AssayFunctionProps) {
    super(scope, id);
    const name = `assay-${props.stage.name}-${props.step}`;
    const logGroup = new LogGroup(this, 'Logs', {
      logGroupName: `/aws/lambda/${name}`,
      retention: props.stage.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(this, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    const network = props.network ?? props.database?.network;
    if (network !== undefined) allowInterfaces(role);
    this.function = new Function(this, 'Function', {
      functionName: name,
      description: props.description,
      runtime: Runtime.NODEJS_22_X,
      architecture: Architecture.ARM_64,
      handler: 'index.handler',
      code: Code.fromAsset(lambdaBundle(props.step)),
      memorySize: props.memorySize,
      timeout: props.timeout,
      tracing: Tracing.ACTIVE,
      loggingFormat: LoggingFormat.JSON,
      logGroup,
      role,
      environment: environmentOf(props),
      ...(network && inNetwork(network)),
    });
    if (props.database) allowSecret(role, props.database.secret);
  }
}

function environmentOf(props: AssayFunctionProps): Record<string, string> {
  return {
    NODE_OPTIONS: '--enable-source-maps',
    POWERTOOLS_SERVICE_NAME: props.step,
    ...(props.database && {
      DATABASE_SECRET_ARN: props.database.secret.secretArn,
      // The certificate authorities of RDS, which the runtime carries but does not trust by itself.
      NODE_EXTRA_CA_CERTS: '/var/runtime/ca-cert.pem',
    }),
    ...props.environment,
  };
}

function inNetwork({ vpc, subnets, clients }: FunctionNetwork) {
  const vpcSubnets = subnets ? { subnets: [...subnets] } : { subnetType: SubnetType.PRIVATE_ISOLATED };
  return { vpc, vpcSubnets, securityGroups: [clients] };
}

/** What Lambda itself does in the role's name to plug a function into subnets; EC2 takes no narrower resource. */
function allowInterfaces(role: Role): void {
  const interfaces = ['CreateNetworkInterface', 'DescribeNetworkInterfaces', 'DeleteNetworkInterface'];
  const addresses = ['DescribeSubnets', 'AssignPrivateIpAddresses', 'UnassignPrivateIpAddresses'];
  allow(
    role,
    [...interfaces, ...addresses].map((name) => `ec2:${name}`),
    ['*'],
  );
}
