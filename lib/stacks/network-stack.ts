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
  SubnetType,
  Vpc,
} from 'aws-cdk-lib/aws-ec2';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Stage } from '../stages';

export interface NetworkStackProps extends StackProps {
  readonly stage: Stage;
}

/** Addresses of the VPC; its two subnets take a quarter of them. */
const addresses = '10.20.0.0/20';

/** Private subnets in two zones without a way to the internet; what runs there reaches AWS by endpoints. */
export class NetworkStack extends Stack {
  readonly vpc: IVpc;

  constructor(scope: Construct, id: string, props: NetworkStackProps) {
    super(scope, id, props);
    const { stage } = props;
    this.vpc = new Vpc(this, 'Vpc', {
      vpcName: `assay-${stage.name}`,
      ipAddresses: IpAddresses.cidr(addresses),
      maxAzs: 2,
      natGateways: 0,
      subnetConfiguration: [{ name: 'private', subnetType: SubnetType.PRIVATE_ISOLATED, cidrMask: 23 }],
      // Would add a Lambda with rights on every security group; nothing here uses the default group.
      restrictDefaultSecurityGroup: false,
      // The library's own class and interface differ in what may be undefined.
    }) as IVpc;
    this.addEndpoints();
    if (stage.flowLogs) this.addFlowLog(stage);
  }

  private addEndpoints(): void {
    this.vpc.addGatewayEndpoint('S3', { service: GatewayVpcEndpointAwsService.S3 });
    this.vpc.addGatewayEndpoint('DynamoDb', { service: GatewayVpcEndpointAwsService.DYNAMODB });
    const fromInside = new SecurityGroup(this, 'Endpoints', {
      vpc: this.vpc,
      description: 'endpoints of AWS services',
    });
    fromInside.addIngressRule(Peer.ipv4(addresses), Port.HTTPS, 'from the subnets');
    const add = (id: string, service: InterfaceVpcEndpointAwsService): void => {
      this.vpc.addInterfaceEndpoint(id, { service, open: false, securityGroups: [fromInside] });
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
