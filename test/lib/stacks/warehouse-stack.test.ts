import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { loadContracts } from '../../../contracts/catalog';
import { warehouseDdl } from '../../../contracts/redshift-sql';
import { jsonOf, snapshotOf, templateOf } from '../support/templates';

const template = templateOf('prod', 'warehouse');

describe('the warehouse', () => {
  it('is private, speaks TLS only, is encrypted by a key of ours, and leaves a snapshot', () => {
    template.hasResourceProperties('AWS::RedshiftServerless::Namespace', {
      ManageAdminPassword: true,
      AdminUserPassword: Match.absent(),
      KmsKeyId: { 'Fn::GetAtt': [Match.stringLikeRegexp('^WarehouseKey'), 'Arn'] },
      FinalSnapshotName: 'assay-prod-final',
    });
    template.hasResourceProperties('AWS::RedshiftServerless::Workgroup', {
      PubliclyAccessible: false,
      EnhancedVpcRouting: true,
      ConfigParameters: Match.arrayWith([{ ParameterKey: 'require_ssl', ParameterValue: 'true' }]),
    });
    template.resourceCountIs('AWS::EC2::SecurityGroupIngress', 0);
  });

  it('lies in three zones, which Redshift Serverless asks for', () => {
    const [workgroup] = Object.values(template.findResources('AWS::RedshiftServerless::Workgroup'));
    expect((workgroup?.['Properties'] as { SubnetIds: unknown[] }).SubnetIds).toHaveLength(3);
  });

  it('computes no more in a day than the stage says', () => {
    const [limit] = Object.values(template.findResources('Custom::AWS'));
    const { Create } = limit?.['Properties'] as { Create: { 'Fn::Join': [string, unknown[]] } };
    const call = Create['Fn::Join'][1].filter((part) => typeof part === 'string').join('');
    expect(call).toContain('"usageType":"serverless-compute","amount":512,"period":"daily","breachAction":"deactivate"');
  });

  it('reads nothing of the lake but what the jobs leave for it', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyName: Match.stringLikeRegexp('^WarehouseCopyRole'),
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: ['s3:GetObject', 's3:GetObjectVersion'],
            Resource: { 'Fn::Join': ['', [Match.anyValue(), '/_work/*']] },
          }),
        ]),
      },
    });
  });

  it('gets the tables of each contract that is loaded into it', () => {
    const loaded = loadContracts('contracts').filter(({ targets }) => targets.includes('redshift'));
    const datasets = Object.fromEntries(loaded.map((contract) => [contract.dataset, warehouseDdl(contract)]));
    template.hasResourceProperties('Custom::RedshiftMigration', { datasets });
  });

  it('takes loads and refreshes for their roles, none of which has a password', () => {
    const roles = Object.values(jsonOf('prod', 'pipelines').Resources).filter(({ Type }) => Type === 'AWS::IAM::Role');
    const tagged = roles.filter(({ Properties }) => JSON.stringify(Properties?.['Tags']).includes('RedshiftDbRoles'));
    const names = tagged.map(
      ({ Properties }) => /"RedshiftDbRoles","Value":"(\w+)"/.exec(JSON.stringify(Properties?.['Tags']))?.[1],
    );
    expect(names.sort()).toEqual(['assay_loader', 'assay_refresher', 'assay_refresher']);
  });

  it('is in prod what it was', async () => {
    await expect(snapshotOf('warehouse')).toMatchFileSnapshot('warehouse-stack.prod.snap');
  });
});
