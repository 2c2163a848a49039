import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { snapshotOf, templateOf } from '../support/templates';

const template = templateOf('prod', 'network');

describe('the network', () => {
  it('has private subnets in three zones that nothing had to look up, and no way to the internet', () => {
    const zones = Object.values(template.findResources('AWS::EC2::Subnet')).map(
      ({ Properties }) => (Properties as { AvailabilityZone: unknown }).AvailabilityZone,
    );
    expect(zones).toEqual([0, 1, 2].map((index) => ({ 'Fn::Select': [index, { 'Fn::GetAZs': '' }] })));
    for (const type of ['NatGateway', 'InternetGateway', 'Route', 'EIP']) template.resourceCountIs(`AWS::EC2::${type}`, 0);
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
