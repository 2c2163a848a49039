import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { jsonOf, snapshotOf, templateOf } from '../support/templates';

const template = templateOf('prod', 'lake');

const named = (purpose: string): unknown => ({
  'Fn::Join': ['', [`assay-prod-${purpose}-`, { Ref: 'AWS::AccountId' }, '-', { Ref: 'AWS::Region' }]],
});

describe('the lake', () => {
  it('has its buckets by their names', () => {
    const names = Object.values(template.findResources('AWS::S3::Bucket')).map(
      ({ Properties }) => (Properties as { BucketName: unknown }).BucketName,
    );
    const purposes = ['access-logs', 'inbox', 'bronze', 'silver', 'gold', 'archive', 'quarantine', 'athena'];
    expect(names).toEqual([...purposes, 'transactions-archive'].map(named));
  });

  it('tells EventBridge about the inbox alone, without a custom resource', () => {
    const isTelling = Match.objectLike({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
    const telling = template.findResources('AWS::S3::Bucket', { Properties: { NotificationConfiguration: isTelling } });
    expect(Object.values(telling).map(({ Properties }) => (Properties as { BucketName: unknown }).BucketName)).toEqual([
      named('inbox'),
    ]);
    expect(Object.keys(template.findResources('Custom::S3BucketNotifications'))).toEqual([]);
    template.resourceCountIs('AWS::Lambda::Function', 0);
  });

  it('lets go of work files and query results after a week, and of nothing else that is current', () => {
    const rules = Object.entries(template.findResources('AWS::S3::Bucket')).flatMap(([id, { Properties }]) => {
      const { LifecycleConfiguration } = Properties as { LifecycleConfiguration: { Rules: Record<string, unknown>[] } };
      return LifecycleConfiguration.Rules.map(({ Prefix, ExpirationInDays }) => [
        id.replace(/Bucket.*/, ''),
        Prefix,
        ExpirationInDays,
      ]).filter(([, , days]) => days !== undefined);
    });
    expect(rules).toEqual([
      ['AccessLogs', undefined, 90],
      ['Silver', '_work/', 7],
      ['Athena', 'results/', 7],
      ['TransactionsArchive', undefined, 2557],
    ]);
  });

  it('keeps archived transactions for seven years, ever more cheaply', () => {
    template.hasResourceProperties('AWS::S3::Bucket', {
      BucketName: named('transactions-archive'),
      LifecycleConfiguration: {
        Rules: Match.arrayWith([
          Match.objectLike({
            ExpirationInDays: 7 * 365 + 2,
            Transitions: [
              { StorageClass: 'STANDARD_IA', TransitionInDays: 30 },
              { StorageClass: 'GLACIER_IR', TransitionInDays: 90 },
              { StorageClass: 'DEEP_ARCHIVE', TransitionInDays: 365 },
            ],
          }),
        ]),
      },
    });
  });

  it.each([
    ['silver', '^SilverBucket', []],
    ['gold', '^GoldBucket', []],
    ['quarantine', '^QuarantineBucket', []],
    ['quality', '^QuarantineBucket', ['/_quality']],
  ])('has the Glue database %s in its bucket', (name, bucket, folder) => {
    template.hasResourceProperties('AWS::Glue::Database', {
      DatabaseInput: {
        Name: name,
        LocationUri: { 'Fn::Join': ['', ['s3://', { Ref: Match.stringLikeRegexp(bucket) }, ...folder]] },
      },
    });
  });

  it.each([
    ['silver', 'purchases'],
    ['gold', 'customer_purchase_summary'],
  ])('has the view %s.%s as Athena writes one', (database, name) => {
    const views = template.findResources('AWS::Glue::Table', { Properties: { TableInput: { Name: name } } });
    const [{ Properties }] = Object.values(views) as [{ Properties: Record<string, never> }];
    const { DatabaseName, TableInput } = Properties as unknown as ViewProperties;
    expect(DatabaseName).toBe(database);
    expect(TableInput).toMatchObject({ TableType: 'VIRTUAL_VIEW', Parameters: { presto_view: 'true' } });
    const [, base64 = ''] = /^\/\* Presto View: (.*) \*\/$/.exec(TableInput.ViewOriginalText) ?? [];
    const { columns } = JSON.parse(Buffer.from(base64, 'base64').toString()) as { columns: { name: string }[] };
    const names = TableInput.StorageDescriptor.Columns.map((column) => column.Name);
    expect(columns.map((column) => column.name)).toEqual(names);
  });

  it('has a workgroup that nobody can talk out of encrypting', () => {
    template.hasResourceProperties('AWS::Athena::WorkGroup', {
      Name: 'assay-prod',
      RecursiveDeleteOption: false,
      WorkGroupConfiguration: {
        EnforceWorkGroupConfiguration: true,
        EngineVersion: { SelectedEngineVersion: 'Athena engine version 3' },
        ResultConfiguration: { EncryptionConfiguration: { EncryptionOption: 'SSE_KMS' } },
      },
    });
  });

  it('has a ledger that can be wound back, and listed by dataset', () => {
    template.hasResourceProperties('AWS::DynamoDB::Table', {
      TableName: 'assay-prod-ledger',
      BillingMode: 'PAY_PER_REQUEST',
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
      DeletionProtectionEnabled: true,
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-dataset',
          KeySchema: [
            { AttributeName: 'dataset', KeyType: 'HASH' },
            { AttributeName: 'startedAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    });
  });

  it('has the outputs that the command line reads', () => {
    const outputs = Object.keys(jsonOf('prod', 'lake').Outputs ?? {}).filter((name) => !name.startsWith('Exports'));
    const archives = ['ArchiveBucketName', 'TransactionsArchiveBucketName'];
    const buckets = ['InboxBucketName', 'BronzeBucketName', ...archives, 'QuarantineBucketName'];
    expect(outputs).toEqual([...buckets, 'AthenaWorkGroup', 'LedgerTableName']);
  });

  it('is in prod what it was', async () => {
    await expect(snapshotOf('lake')).toMatchFileSnapshot('lake-stack.prod.snap');
  });
});

interface ViewProperties {
  readonly DatabaseName: string;
  readonly TableInput: {
    readonly ViewOriginalText: string;
    readonly StorageDescriptor: { readonly Columns: readonly { readonly Name: string }[] };
  };
}
