import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { stages } from '../../../lib/stages';
import { privateLinkStage } from '../support/private-link-stage';
import { buildApp, snapshotOf, templateOf } from '../support/templates';

const template = templateOf('prod', 'network');

/** Where the routes to everywhere lead, by the kind of subnet. */
function routesOf(network: Template): Record<string, string[]> {
  const routes: Record<string, string[]> = {};
  for (const { Properties } of Object.values(network.findResources('AWS::EC2::Route'))) {
    const { RouteTableId, DestinationCidrBlock, ...to } = Properties as { RouteTableId: { Ref: string } } & Record<
      string,
      unknown
    >;
    expect(DestinationCidrBlock).toBe('0.0.0.0/0');
    const [, kind = ''] = /^Vpc([a-z]+)Subnet/.exec(RouteTableId.Ref) ?? [];
    routes[kind] = [...new Set([...(routes[kind] ?? []), ...Object.keys(to)])];
  }
  return routes;
}

describe('the network', () => {
  it('has subnets in three zones that nothing had to look up, none of which hands out public addresses', () => {
    const kinds = ['private', 'egress', 'public'];
    const subnets = Object.values(template.findResources('AWS::EC2::Subnet')).map(
      ({ Properties }) => Properties as { AvailabilityZone: unknown; MapPublicIpOnLaunch: boolean },
    );
    const zones = kinds.flatMap(() => [0, 1, 2].map((index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })));
    expect(subnets.map(({ AvailabilityZone }) => AvailabilityZone)).toEqual(zones);
    expect(subnets.map(({ MapPublicIpOnLaunch }) => MapPublicIpOnLaunch)).toEqual(zones.map(() => false));
  });

  it('has one NAT gateway, which only what speaks to Snowflake can go through', () => {
    template.resourceCountIs('AWS::EC2::NatGateway', 1);
    template.resourceCountIs('AWS::EC2::EIP', 1);
    expect(routesOf(template)).toEqual({ egress: ['NatGatewayId'], public: ['GatewayId'] });
  });

  it.each([
    ['the laptop', stages.local],
    ['a stage with PrivateLink', privateLinkStage],
  ])('of %s has no way to the internet', (_, stage) => {
    const { network } = buildApp(stage).stacks;
    const without = Template.fromStack(network);
    expect(Object.keys(without.findResources('AWS::EC2::Subnet'))).toHaveLength(3);
    for (const type of ['NatGateway', 'InternetGateway', 'Route', 'EIP']) without.resourceCountIs(`AWS::EC2::${type}`, 0);
  });

  it('reaches the AWS services that its functions and jobs use, each over TLS from inside only', () => {
    const endpoints = Object.values(template.findResources('AWS::EC2::VPCEndpoint')).map(({ Properties }) => {
      const { ServiceName, VpcEndpointType } = Properties as { ServiceName: unknown; VpcEndpointType: string };
      return `${VpcEndpointType} ${JSON.stringify(ServiceName).match(/(s3|dynamodb|secretsmanager|glue|logs)"/)?.[1] ?? ''}`;
    });
    const interfaces = ['Interface glue', 'Interface logs', 'Interface secretsmanager'];
    expect(endpoints.sort()).toEqual(['Gateway dynamodb', 'Gateway s3', ...interfaces]);
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      SecurityGroupIngress: [Match.objectLike({ CidrIp: '10.20.0.0/20', FromPort: 443, ToPort: 443, IpProtocol: 'tcp' })],
    });
  });

  it('logs every connection', () => {
    template.hasResourceProperties('AWS::EC2::FlowLog', { TrafficType: 'ALL', ResourceType: 'VPC' });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 365 });
  });

  it('is in prod what it was', async () => {
    await expect(snapshotOf('network')).toMatchFileSnapshot('network-stack.prod.snap');
  });
});
