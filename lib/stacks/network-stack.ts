import {
  FlowLogDestination,
  FlowLogTrafficType,
  GatewayVpcEndpointAwsService,
  InterfaceVpcEndpointAwsService,
  IpAddresses,
  type IVpc,
  Peer,
  Port,
  SecurityGroup,
  type SubnetConfiguration,
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Fn, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Stage } from '../stages';

export interface NetworkStackProps extends StackProps {
  readonly stage: Stage;
}

/** Addresses of the VPC; the three private subnets take three eighths of them. */
const addresses = '10.20.0.0/20';
const ZONES = 3;
/** For what speaks to Snowflake: private still, with a NAT gateway in a subnet of its own. */
const egress: readonly SubnetConfiguration[] = [
  { name: 'egress', subnetType: SubnetType.PRIVATE_WITH_EGRESS, cidrMask: 26 },
  { name: 'public', subnetType: SubnetType.PUBLIC, cidrMask: 28, mapPublicIpOnLaunch: false },
];

/**
 * Private subnets in three zones, as Redshift Serverless wants, without a way to the internet: endpoints lead to AWS. What
 * speaks to Snowflake has others, whose only way out is a NAT gateway, unless the stage has Snowflake's PrivateLink.
 */
export class NetworkStack extends Stack {
  readonly vpc: IVpc;

  constructor(scope: Construct, id: string, props: NetworkStackProps) {
    super(scope, id, props);
    const { stage } = props;
    const { snowflake } = stage;
    const reachesOut = snowflake.kind === 'account' && snowflake.privateLinkService === undefined;
    this.vpc = new Vpc(this, 'Vpc', {
      vpcName: `assay-${stage.name}`,
      ipAddresses: IpAddresses.cidr(addresses),
      maxAzs: ZONES,
      natGateways: reachesOut ? 1 : 0,
      subnetConfiguration: [
        { name: 'private', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 23 },
        ...(reachesOut ? egress : []),
      ],
      // Would add a Lambda with rights on every security group; nothing here uses the default group.
      restrictDefaultSecurityGroup: false,
      // The library's own class and interface differ in what may be undefined.
    }) as IVpc;
    this.addEndpoints();
    if (stage.flowLogs) this.addFlowLog(stage);
  }

  /** Of a stack without an account the library itself knows two. */
  override get availabilityZones(): string[] {
    return Array.from({ length: ZONES }, (_, index) => Fn.select(index, Fn.getAzs()));
  }

  private addEndpoints(): void {
    this.vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    this.vpc.addGatewayEndpoint('DynamoDb', { service: GatewayVpcEndpointAwsService.DYNAMODB });
    const fromInside = new SecurityGroup(this, 'Endpoints', {
      vpc: this.vpc,
      description: 'endpoints of AWS services',
    });
    fromInside.addIngressRule(Peer.ipv4(addresses), Port.HTTPS, 'from the subnets');
    // In two zones, which is enough to lose one; each further one costs as much again.
    const subnets = this.vpc.isolatedSubnets.slice(0, 2);
    const add = (id: string, service: InterfaceVpcEndpointAwsService): void => {
      this.vpc.addInterfaceEndpoint(id, { service, open: false, securityGroups: [fromInside], subnets: { subnets } });
    };
    add('SecretsManager', InterfaceVpcEndpointAwsService.SECRETS_MANAGER);
    // Both for the Glue job that speaks to the database: its catalog, and its logs.
    add('Glue', InterfaceVpcEndpointAwsService.GLUE);
    add('Logs', InterfaceVpcEndpointAwsService.CLOUDWATCH_LOGS);
  }

  private addFlowLog(stage: Stage): void {
    const logGroup = new LogGroup(this, 'FlowLogGroup', {
      logGroupName: `/assay/${stage.name}/vpc-flow`,
      retention: stage.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    this.vpc.addFlowLog('FlowLog', {
      destination: FlowLogDestination.toCloudWatchLogs(logGroup),
      trafficType: FlowLogTrafficType.ALL,
    });
  }
}
