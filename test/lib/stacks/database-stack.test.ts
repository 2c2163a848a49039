import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { jsonOf, snapshotOf, templateOf } from '../support/templates';

const prod = templateOf('prod', 'database');

describe('the database', () => {
  it('is an encrypted Aurora that nobody deletes by mistake', () => {
    prod.hasResourceProperties('AWS::RDS::DBCluster', {
      Engine: 'aurora-postgresql',
      StorageEncrypted: true,
      DeletionProtection: true,
      EnableIAMDatabaseAuthentication: true,
      BackupRetentionPeriod: 35,
      ServerlessV2ScalingConfiguration: { MinCapacity: 1, MaxCapacity: 16 },
      EnableCloudwatchLogsExports: ['postgresql'],
    });
    prod.allResourcesProperties('AWS::RDS::DBInstance', {
      DBInstanceClass: 'db.serverless',
      PubliclyAccessible: false,
    });
    prod.resourceCountIs('AWS::RDS::DBInstance', 2);
    templateOf('staging', 'database').resourceCountIs('AWS::RDS::DBInstance', 1);
  });

  it('refuses connections without TLS', () => {
    prod.hasResourceProperties('AWS::RDS::DBClusterParameterGroup', { Parameters: { 'rds.force_ssl': '1' } });
  });

  it('has a password that was generated, and is rotated', () => {
    prod.hasResourceProperties('AWS::SecretsManager::Secret', {
      GenerateSecretString: { SecretStringTemplate: '{"username":"assay"}', GenerateStringKey: 'password' },
    });
    prod.hasResourceProperties('AWS::SecretsManager::RotationSchedule', {
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
    });
  });

  it('lets in its clients and the rotation, and its clients reach each other as Glue wants it', () => {
    const rules = Object.values(prod.findResources('AWS::EC2::SecurityGroupIngress')).map(({ Properties }) => {
      const { GroupId, SourceSecurityGroupId, FromPort, CidrIp } = Properties as Record<string, unknown>;
      expect(CidrIp).toBeUndefined();
      const isSelf = JSON.stringify(GroupId) === JSON.stringify(SourceSecurityGroupId);
      return isSelf ? `self ${String(FromPort)}` : FromPort;
    });
    const port = { 'Fn::GetAtt': [expect.stringMatching(/^DatabaseCluster/), 'Endpoint.Port'] as unknown };
    expect(rules).toEqual(expect.arrayContaining([port, 'self 0']));
    expect(rules).toHaveLength(3);
  });

  it('has its tables brought up to date whenever the function that does it changes', () => {
    for (const stage of ['local', 'prod'] as const) {
      templateOf(stage, 'database').hasResource('Custom::RdsMigration', {
        Properties: { bundle: Match.stringLikeRegexp('^[0-9a-f]{32,}$'), ServiceTimeout: '360' },
        DependsOn: Match.anyValue(),
      });
    }
    const dependencies = JSON.stringify(Object.values(prod.findResources('Custom::RdsMigration'))[0]?.['DependsOn']);
    expect(dependencies).toMatch(/DatabaseClusterWriter/);
  });

  it('is in the local stage one that is there already, told by parameters', () => {
    const { Parameters } = jsonOf('local', 'database');
    expect(Parameters).toMatchObject({
      DatabaseHost: { Type: 'String' },
      DatabasePort: { Type: 'Number' },
      DatabasePassword: { Type: 'String', NoEcho: true, AllowedPattern: '^[^"\\\\]+$' },
    });
    const local = templateOf('local', 'database');
    local.resourceCountIs('AWS::RDS::DBCluster', 0);
    const [secret] = Object.values(local.findResources('AWS::SecretsManager::Secret'));
    const { SecretString } = secret?.['Properties'] as { SecretString: { 'Fn::Join': [string, unknown[]] } };
    const parameters: Record<string, string> = { DatabaseHost: 'here', DatabasePort: '5432', DatabasePassword: 'pw' };
    const text = SecretString['Fn::Join'][1].map((part) =>
      typeof part === 'string' ? part : (parameters[(part as { Ref: string }).Ref] ?? ''),
    );
    expect(JSON.parse(text.join(''))).toEqual({
      engine: 'postgres',
      host: 'here',
      port: 5432,
      username: 'assay',
      password: 'pw',
      dbname: 'assay',
      sslmode: 'disable',
    });
  });

  it('says where its secret is', () => {
    for (const stage of ['local', 'prod'] as const) {
      expect(jsonOf(stage, 'database').Outputs).toHaveProperty('DatabaseSecretArn');
    }
  });

  it('is in prod what it was', async () => {
    await expect(snapshotOf('database')).toMatchFileSnapshot('database-stack.prod.snap');
  });
});
