import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { privateLinkStage, SNOWFLAKE_SERVICE } from '../support/private-link-stage';
import { buildApp, jsonOf, resourcesOf, snapshotOf, stageNames, templateOf } from '../support/templates';

const template = templateOf('prod', 'snowflake');

interface Task {
  readonly Environment?: readonly { readonly Name: string }[];
  readonly Secrets?: readonly { readonly Name: string; readonly ValueFrom: unknown }[];
}

const SILVER = { 'Fn::ImportValue': Match.stringLikeRegexp('FnGetAttSilverBucket.*Arn') };

describe('the role that Snowflake takes on', () => {
  it('trusts who the parameters say, by the external id that they say', () => {
    const nobodyElse = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] };
    const user = { 'Fn::If': ['SnowflakeUserIsKnown', { Ref: 'SnowflakeUserArn' }, nobodyElse] };
    template.hasResourceProperties('AWS::IAM::Role', {
      RoleName: 'assay-prod-snowflake-storage',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: 'sts:AssumeRole',
            Principal: { AWS: user },
            Condition: { StringEquals: { 'sts:ExternalId': { Ref: 'SnowflakeExternalId' } } },
          },
        ],
      },
    });
    expect(template.toJSON()).toHaveProperty('Conditions.SnowflakeUserIsKnown', {
      'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'SnowflakeUserArn' }, ''] }],
    });
  });

  it('reads one prefix of silver, and nothing else', () => {
    template.resourceCountIs('AWS::IAM::Role', 1);
    template.resourceCountIs('AWS::IAM::Policy', 1);
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['s3:GetObject', 's3:GetObjectVersion'],
            Resource: { 'Fn::Join': ['', [SILVER, '/_work/snowflake/*']] },
          },
          { Effect: 'Allow', Action: ['s3:GetBucketLocation', 's3:ListBucket'], Resource: SILVER },
          {
            Effect: 'Allow',
            Action: 'kms:Decrypt',
            Resource: { 'Fn::ImportValue': Match.stringLikeRegexp('FnGetAttKey.*Arn') },
          },
        ],
      },
    });
  });

  it('is told to sql/snowflake, with the place that it reads', () => {
    const outputs = jsonOf('prod', 'snowflake').Outputs ?? {};
    expect(outputs['SnowflakeStorageRoleArn']?.Value).toEqual({
      'Fn::GetAtt': [expect.stringMatching(/^StorageIntegrationRole/), 'Arn'],
    });
    expect(JSON.stringify(outputs['SnowflakeLakeUrl']?.Value)).toMatch(/"s3:\/\/",.*SilverBucket.*,"\/_work\/snowflake\/"/);
  });
});

describe('keys', () => {
  it('have a secret for each user, and no secret knows one', () => {
    const secrets = Object.values(template.findResources('AWS::SecretsManager::Secret')).map(({ Properties }) => {
      const { Name, SecretString, GenerateSecretString } = Properties as Record<string, unknown>;
      return { Name, SecretString, GenerateSecretString };
    });
    const secretOf = (name: string): unknown => ({
      Name: `assay-prod-snowflake-${name}`,
      SecretString: undefined,
      GenerateSecretString: {
        SecretStringTemplate: `{"user":"ASSAY_${name.toUpperCase()}_USER"}`,
        GenerateStringKey: 'privateKey',
      },
    });
    expect(secrets).toEqual(['loader', 'transformer', 'reader'].map(secretOf));
  });

  it.each(stageNames)('and passwords are in no environment of %s', (stage) => {
    const functions = Object.values(resourcesOf(stage, 'AWS::Lambda::Function')).flatMap(({ Properties }) => {
      const { Variables = {} } = (Properties?.['Environment'] ?? {}) as { Variables?: Record<string, unknown> };
      return Object.entries(Variables);
    });
    const tasks = Object.values(resourcesOf(stage, 'AWS::ECS::TaskDefinition')).flatMap(
      ({ Properties }) => Properties?.['ContainerDefinitions'] as Task[],
    );
    const ofTasks = tasks.flatMap(({ Environment = [] }) => Environment.map((each) => [each.Name, each] as [string, unknown]));
    expect(functions.length).toBeGreaterThan(20);
    expect(ofTasks.length).toBeGreaterThan(3);
    for (const [name, value] of [...functions, ...ofTasks]) {
      expect(name).not.toMatch(/passw|passphrase|private|access_?key/i);
      // A secret's name or ARN may be known.
      if (/secret|token/i.test(name) && typeof value === 'string') expect(value, name).toMatch(/^redshift![\w-]+$/);
      expect(JSON.stringify(value), name).not.toMatch(/resolve:(secretsmanager|ssm-secure)|BEGIN .*KEY/);
    }
    const told = tasks.flatMap(({ Secrets = [] }) => Secrets);
    expect(told).toEqual([
      { Name: 'SNOWFLAKE_PRIVATE_KEY', ValueFrom: { 'Fn::Join': ['', [expect.anything(), ':privateKey::']] } },
    ]);
    expect(JSON.stringify(told)).toMatch(/snowflake:ExportsOutputRefUserstransformer/);
  });
});

describe('the way there', () => {
  it('goes through the NAT gateway from subnets of its own', () => {
    template.resourceCountIs('AWS::EC2::VPCEndpoint', 0);
    for (const name of ['load-snowflake', 'publish-snowflake', 'query-snowflake'])
      expect(subnetsOf('prod', name), name).toEqual(['egress']);
  });

  it('is in nobody else: of the functions only those three leave the private subnets', () => {
    const outside = Object.values(resourcesOf('prod', 'AWS::Lambda::Function')).filter(({ Properties }) =>
      JSON.stringify(Properties?.['VpcConfig'] ?? '').includes('egress'),
    );
    expect(outside.map(({ Properties }) => Properties?.['FunctionName']).sort()).toEqual([
      'assay-prod-load-snowflake',
      'assay-prod-publish-snowflake',
      'assay-prod-query-snowflake',
    ]);
  });

  it('goes through endpoints alone where the stage has PrivateLink', () => {
    const { snowflake, pipelines } = buildApp(privateLinkStage).stacks;
    const linked = Template.fromStack(snowflake);
    const services = Object.values(linked.findResources('AWS::EC2::VPCEndpoint')).map(({ Properties }) => {
      const { ServiceName } = Properties as { ServiceName: unknown };
      return typeof ServiceName === 'string' ? ServiceName : (/ecr\.\w+/.exec(JSON.stringify(ServiceName))?.[0] ?? '');
    });
    expect(services.sort()).toEqual([SNOWFLAKE_SERVICE, 'ecr.api', 'ecr.dkr'].sort());
    linked.hasResourceProperties('AWS::EC2::SecurityGroupIngress', {
      FromPort: 443,
      ToPort: 443,
      SourceSecurityGroupId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^Clients'), 'GroupId'] },
    });
    const inside = JSON.stringify(Template.fromStack(pipelines).toJSON());
    expect(inside).toContain('VpcprivateSubnet');
    expect(inside).not.toMatch(/Vpc(egress|public)Subnet/);
  });
});

it('the way to Snowflake is in prod what it was', async () => {
  await expect(snapshotOf('snowflake')).toMatchFileSnapshot('snowflake-stack.prod.snap');
});

function subnetsOf(stage: 'prod', name: string): string[] {
  const functions = Object.values(resourcesOf(stage, 'AWS::Lambda::Function'));
  const { Properties } = functions.find((each) => each.Properties?.['FunctionName'] === `assay-${stage}-${name}`) ?? {};
  const kinds = [...JSON.stringify(Properties?.['VpcConfig']).matchAll(/RefVpc([a-z]+)Subnet/g)].map(([, kind = '']) => kind);
  return [...new Set(kinds)];
}
