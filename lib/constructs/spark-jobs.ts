import { join } from 'node:path';
import { IgnoreMode } from 'aws-cdk-lib';
import { SubnetType } from 'aws-cdk-lib/aws-ec2';
import {
  CloudWatchEncryption,
  Connection,
  ConnectionNetwork,
  ConnectionType,
  JobBookmarksEncryption,
  S3Encryption,
  SecurityConfiguration,
} from 'aws-cdk-lib/aws-glue';
import { Asset } from 'aws-cdk-lib/aws-s3-assets';
import { Construct } from 'constructs';
import { projectRoot } from '../project-root';
import type { LakeStack } from '../stacks/lake-stack';
import type { Stage } from '../stages';
import {
  allowItems,
  allowCatalogRead,
  allowCatalogWrite,
  allowKey,
  allowRead,
  allowSecret,
  allowTableFiles,
  allowWrite,
} from './access';
import { EXTRACTS_PREFIX } from './extract-lambdas';
import { allowLineage, lineageArguments } from './lineage';
import type { PostgresDatabase } from './postgres-database';
import { SparkJob, type SparkJobProps } from './spark-job';

export interface SparkJobsProps {
  readonly stage: Stage;
  readonly lake: LakeStack;
  readonly database: PostgresDatabase;
}

/** The jobs, shared by all datasets: what a run works on is in its arguments. */
export class SparkJobs extends Construct {
  readonly bronzeToSilver: SparkJob;
  readonly silverToGold: SparkJob;
  readonly goldToRds: SparkJob;
  readonly silverToChanges: SparkJob;
  readonly flattenExtract: SparkJob;
  private readonly shared: Pick<SparkJobProps, 'stage' | 'sharedPackage' | 'securityConfiguration'>;
  private readonly lakeArguments: Readonly<Record<string, string>>;

  constructor(scope: Construct, id: string, props: SparkJobsProps) {
    super(scope, id);
    const { stage, lake } = props;
    this.shared = {
      stage,
      sharedPackage: this.sharedPackage(),
      securityConfiguration: stage.encryptJobLogs ? this.encryption(props) : undefined,
    };
    this.lakeArguments = {
      '--ledger_table': lake.ledger.table.tableName,
      '--work_path': `s3://${lake.buckets.silver.bucketName}/_work`,
      ...lineageArguments(props),
    };
    this.bronzeToSilver = this.createBronzeToSilver(lake);
    this.silverToGold = this.createSilverToGold(lake);
    this.goldToRds = this.createGoldToRds(lake, props.database);
    this.silverToChanges = this.createSilverToChanges(lake);
    this.flattenExtract = this.createFlattenExtract(props);
    for (const { role } of this.all) {
      allowKey(role, lake.key);
      allowLineage(role, lake);
    }
  }

  get all(): readonly SparkJob[] {
    return [this.bronzeToSilver, this.silverToGold, this.goldToRds, this.silverToChanges, this.flattenExtract];
  }

  private createBronzeToSilver(lake: LakeStack): SparkJob {
    const spark = new SparkJob(this, 'BronzeToSilver', {
      ...this.shared,
      step: 'bronze-to-silver',
      description: 'parses, cleans and types a file; refused rows to quarantine, the others to silver',
      arguments: this.lakeArguments,
    });
    allowRead(spark.role, lake.buckets.bronze);
    // It creates the tables of a dataset, gold's too.
    for (const bucket of ['silver', 'gold', 'quarantine'] as const) allowTableFiles(spark.role, lake.buckets[bucket]);
    allowCatalogWrite(spark.role, ['silver', 'gold', 'quarantine', 'quality']);
    allowItems(spark.role, lake.ledger.table, ['UpdateItem']);
    return spark;
  }

  private createSilverToGold(lake: LakeStack): SparkJob {
    const spark = new SparkJob(this, 'SilverToGold', {
      ...this.shared,
      step: 'silver-to-gold',
      description: 'the models of a dataset for the keys that a file touched: sql/gold/',
      arguments: this.lakeArguments,
    });
    allowTableFiles(spark.role, lake.buckets.gold);
    allowRead(spark.role, lake.buckets.silver);
    allowTableFiles(spark.role, lake.buckets.silver, '_work/');
    allowCatalogRead(spark.role, ['silver']);
    allowCatalogWrite(spark.role, ['gold']);
    return spark;
  }

  private createGoldToRds(lake: LakeStack, database: PostgresDatabase): SparkJob {
    const spark = new SparkJob(this, 'GoldToRds', {
      ...this.shared,
      step: 'gold-to-rds',
      description: 'the current rows of the touched keys, appended to the staging tables of the database',
      arguments: { ...this.lakeArguments, '--database_secret_arn': database.secret.secretArn },
      connection: this.connection(database),
    });
    for (const bucket of ['silver', 'gold'] as const) allowRead(spark.role, lake.buckets[bucket]);
    allowCatalogRead(spark.role, ['silver', 'gold']);
    allowSecret(spark.role, database.secret);
    return spark;
  }

  private createSilverToChanges(lake: LakeStack): SparkJob {
    const spark = new SparkJob(this, 'SilverToChanges', {
      ...this.shared,
      step: 'silver-to-changes',
      description: 'the rows that a file changed, as Parquet for the warehouses to copy',
      arguments: this.lakeArguments,
    });
    allowRead(spark.role, lake.buckets.silver);
    allowTableFiles(spark.role, lake.buckets.silver, '_work/');
    allowCatalogRead(spark.role, ['silver']);
    return spark;
  }

  /** Which files it may put into the inbox, the state machine of the source grants it. */
  private createFlattenExtract(props: SparkJobsProps): SparkJob {
    const { buckets } = props.lake;
    const spark = new SparkJob(this, 'FlattenExtract', {
      ...this.shared,
      step: 'flatten-extract',
      description: "an API's records as files of the datasets that are made of them, in the inbox",
      arguments: { '--inbox_bucket': buckets.inbox.bucketName, ...lineageArguments(props) },
    });
    allowWrite(spark.role, buckets.bronze, EXTRACTS_PREFIX);
    return spark;
  }

  /** glue-scripts/assay_glue as a zip with that folder at its top, as --extra-py-files wants it. */
  private sharedPackage(): Asset {
    return new Asset(this, 'SharedPackage', {
      path: join(projectRoot, 'glue-scripts'),
      exclude: ['*', '!assay_glue', '!assay_glue/*.py'],
      ignoreMode: IgnoreMode.GIT,
    });
  }

  private encryption({ stage, lake }: SparkJobsProps): SecurityConfiguration {
    return new SecurityConfiguration(this, 'Encryption', {
      securityConfigurationName: `assay-${stage.name}`,
      cloudWatchEncryption: CloudWatchEncryption.kms(lake.key),
      jobBookmarksEncryption: JobBookmarksEncryption.clientSideKms(lake.key),
      s3Encryption: S3Encryption.kms(lake.key),
    });
  }

  /** A connection has one subnet; Glue's workers are all in it. */
  private connection({ network }: PostgresDatabase): Connection | undefined {
    if (network === undefined) return undefined;
    return new Connection(this, 'Network', {
      type: ConnectionType.NETWORK,
      description: 'into the subnets from which the database can be reached',
      securityGroups: [network.clients],
      network: ConnectionNetwork.vpc(network.vpc, { subnetType: SubnetType.PRIVATE_ISOLATED }),
    });
  }
}
