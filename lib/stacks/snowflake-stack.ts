import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import {
  InterfaceVpcEndpoint,
  InterfaceVpcEndpointAwsService,
  InterfaceVpcEndpointService,
  type IVpc,
  Port,
  SecurityGroup,
  SubnetType,
} from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { SNOWFLAKE_PREFIX, StorageIntegrationRole } from '../constructs/storage-integration-role';
import type { Snowflake, SnowflakeNetwork } from '../constructs/snowflake';
import { SnowflakeUsers } from '../constructs/snowflake-users';
import type { Stage } from '../stages';
import type { LakeStack } from './lake-stack';

export interface SnowflakeStackProps extends StackProps {
  readonly stage: Stage;
  readonly vpc: IVpc;
  readonly lake: LakeStack;
}

/** The way to a Snowflake account: its users' secrets, and the role with which it reads what it is to copy. */
export class SnowflakeStack extends Stack {
  readonly snowflake: Pick<Snowflake, 'secrets' | 'network'>;

  constructor(scope: Construct, id: string, props: SnowflakeStackProps) {
    super(scope, id, props);
    const { stage, lake } = props;
    const { role } = new StorageIntegrationRole(this, 'StorageIntegration', { stage, lake });
    const { secrets } = new SnowflakeUsers(this, 'Users', { stage });
    this.snowflake = { secrets, network: this.createNetwork(props) };
    const outputs = {
      // What sql/snowflake is told.
      SnowflakeLakeUrl: `s3://${lake.buckets.silver.bucketName}/${SNOWFLAKE_PREFIX}`,
      SnowflakeStorageRoleArn: role.roleArn,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }

  /** Through the NAT gateway, or, where the stage names Snowflake's endpoint service, through that alone. */
  private createNetwork({ stage, vpc }: SnowflakeStackProps): SnowflakeNetwork {
    const clients = new SecurityGroup(this, 'Clients', { vpc, description: 'what speaks to Snowflake' });
    const { snowflake } = stage;
    const service = snowflake.kind === 'account' ? snowflake.privateLinkService : undefined;
    const isThroughGateway = snowflake.kind === 'account' && service === undefined;
    if (service !== undefined) this.addPrivateLink(vpc, clients, service);
    const subnetType = isThroughGateway ? SubnetType.PRIVATE_WITH_EGRESS : SubnetType.PRIVATE_ISOLATED;
    return { vpc, subnets: vpc.selectSubnets({ subnetType }).subnets, clients };
  }

  /** Of Snowflake, and of the registry that the image of dbt comes from: without a gateway nothing else leads there. */
  private addPrivateLink(vpc: IVpc, clients: SecurityGroup, service: string): void {
    const { ECR, ECR_DOCKER } = InterfaceVpcEndpointAwsService;
    const services = { Snowflake: new InterfaceVpcEndpointService(service, 443), Registry: ECR, Images: ECR_DOCKER };
    const inside = new SecurityGroup(this, 'Endpoints', { vpc, description: 'endpoints of Snowflake and ECR' });
    inside.addIngressRule(clients, Port.HTTPS, 'from what speaks to Snowflake');
    for (const [id, each] of Object.entries(services))
      new InterfaceVpcEndpoint(this, id, { vpc, service: each, open: false, securityGroups: [inside] });
  }
}
