import { Aws, CfnOutput, Duration, Stack, type StackProps } from 'aws-cdk-lib';
import { Database } from 'aws-cdk-lib/aws-glue';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { type IBucket, StorageClass } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import type { Contract } from '../../contracts/contract';
import { hasSilver } from '../../contracts/targets';
import { viewsOf } from '../../contracts/views';
import { AccessLogBucket, LakeBucket, type Retention } from '../constructs/lake-bucket';
import { Ledger } from '../constructs/ledger';
import { PrestoView } from '../constructs/presto-view';
import { QualityRuleset } from '../constructs/quality-ruleset';
import { QueryWorkGroup } from '../constructs/query-work-group';
import type { Stage } from '../stages';

export interface LakeStackProps extends StackProps {
  readonly stage: Stage;
  readonly contracts: readonly Contract[];
}

const purposes = ['inbox', 'bronze', 'silver', 'gold', 'archive', 'quarantine', 'athena'] as const;
type Purpose = (typeof purposes)[number];

/** Transactions are kept for seven years, as tax law wants; after a year one that is to be replayed has to be restored first. */
const retention: Retention = {
  transitions: [
    { storageClass: StorageClass.INFREQUENT_ACCESS, transitionAfter: Duration.days(30) },
    { storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL, transitionAfter: Duration.days(90) },
    { storageClass: StorageClass.DEEP_ARCHIVE, transitionAfter: Duration.days(365) },
  ],
  until: Duration.days(7 * 365 + 2),
};

/** Where every database of the catalog has its tables: the bucket, and the folder in it. */
const databases: Readonly<Record<string, readonly [bucket: Purpose, folder: string]>> = {
  silver: ['silver', ''],
  gold: ['gold', ''],
  quarantine: ['quarantine', ''],
  quality: ['quarantine', '/_quality'],
};

/** What the data is kept in: buckets, catalog, ledger, and the key over all of it. */
export class LakeStack extends Stack {
  readonly key: Key;
  readonly buckets: Readonly<Record<Purpose, IBucket>>;
  /** Of the datasets that are archived upon an event. */
  readonly transactionsArchive: IBucket;
  readonly ledger: Ledger;

  constructor(scope: Construct, id: string, props: LakeStackProps) {
    super(scope, id, props);
    const { stage } = props;
    this.key = this.createKey(stage);
    const accessLogs = new AccessLogBucket(this, 'AccessLogs', { stage }).bucket;
    this.buckets = this.createBuckets(stage, accessLogs);
    this.transactionsArchive = this.createTransactionsArchive(stage, accessLogs);
    this.ledger = new Ledger(this, 'Ledger', { stage, key: this.key });
    this.createCatalog(props);
    const workGroup = new QueryWorkGroup(this, 'Queries', { stage, results: this.buckets.athena, key: this.key });
    this.addOutputs(workGroup);
  }

  private createKey(stage: Stage): Key {
    const key = new Key(this, 'Key', {
      alias: `assay-${stage.name}-lake`,
      description: `Assay ${stage.name}: buckets, ledger and job logs`,
      enableKeyRotation: true,
      removalPolicy: stage.dataRemoval,
    });
    // Glue's log groups; without the condition any log group of the account could use the key.
    key.grantEncryptDecrypt(
      new ServicePrincipal(`logs.${Aws.REGION}.amazonaws.com`, {
        conditions: {
          ArnLike: {
            'kms:EncryptionContext:aws:logs:arn': `arn:${Aws.PARTITION}:logs:${Aws.REGION}:${Aws.ACCOUNT_ID}:log-group:/aws-glue/*`,
          },
        },
      }),
    );
    return key;
  }

  private createBuckets(stage: Stage, accessLogs: IBucket): Record<Purpose, IBucket> {
    const create = (purpose: Purpose): IBucket =>
      new LakeBucket(this, purpose.charAt(0).toUpperCase() + purpose.slice(1), {
        stage,
        purpose,
        key: this.key,
        accessLogs,
        emitsEvents: purpose === 'inbox',
        shortLived: { silver: ['_work/'], athena: ['results/'] }[purpose as string] ?? [],
      }).bucket;
    return Object.fromEntries(purposes.map((purpose) => [purpose, create(purpose)])) as Record<Purpose, IBucket>;
  }

  private createTransactionsArchive(stage: Stage, accessLogs: IBucket): IBucket {
    const purpose = 'transactions-archive';
    return new LakeBucket(this, 'TransactionsArchive', { stage, purpose, key: this.key, accessLogs, retention }).bucket;
  }

  private createCatalog({ stage, contracts }: LakeStackProps): void {
    const created = Object.entries(databases).map(
      ([name, [bucket, folder]]) =>
        new Database(this, `${name}-database`, {
          databaseName: name,
          description: `Assay ${stage.name}: tables of ${name}`,
          locationUri: `s3://${this.buckets[bucket].bucketName}${folder}`,
          removalPolicy: stage.dataRemoval,
        }),
    );
    const inLake = contracts.filter(hasSilver);
    for (const view of inLake.flatMap(viewsOf)) {
      const { resource } = new PrestoView(this, `${view.database}-${view.name}`, { view });
      resource.node.addDependency(...created);
    }
    for (const contract of inLake) new QualityRuleset(this, `${contract.dataset}-quality`, { stage, contract });
  }

  private addOutputs(workGroup: QueryWorkGroup): void {
    const outputs = {
      InboxBucketName: this.buckets.inbox.bucketName,
      BronzeBucketName: this.buckets.bronze.bucketName,
      ArchiveBucketName: this.buckets.archive.bucketName,
      TransactionsArchiveBucketName: this.transactionsArchive.bucketName,
      QuarantineBucketName: this.buckets.quarantine.bucketName,
      AthenaWorkGroup: workGroup.name,
      LedgerTableName: this.ledger.table.tableName,
    };
    for (const [name, value] of Object.entries(outputs)) new CfnOutput(this, name, { value });
  }
}
