import { Aws, Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import {
  BlockPublicAccess,
  Bucket,
  BucketEncryption,
  type CfnBucket,
  type IBucket,
  ObjectOwnership,
  type Transition,
} from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Stage } from '../stages';

export interface LakeBucketProps {
  readonly stage: Stage;
  /** What the bucket is for; part of its name. */
  readonly purpose: string;
  readonly key: IKey;
  /** Where S3 writes who asked for what. */
  readonly accessLogs: IBucket;
  /** Tells EventBridge about each object. @default false */
  readonly emitsEvents?: boolean;
  /** Prefixes of objects that are of use for a week only. @default none */
  readonly shortLived?: readonly string[];
  /** Cheaper classes as objects grow old, and when they go. @default current objects stay as they are */
  readonly retention?: Retention;
}

export interface Retention {
  readonly transitions: readonly Transition[];
  readonly until: Duration;
}

/** `assay-<stage>-<purpose>-<account>-<region>`: bucket names are global, so account and region make ours unique. */
export function bucketName(stage: Stage, purpose: string): string {
  return `assay-${stage.name}-${purpose}-${Aws.ACCOUNT_ID}-${Aws.REGION}`;
}

/** A bucket of the lake: versioned, encrypted by the lake's key, closed to the public and to plain HTTP. */
export class LakeBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: LakeBucketProps) {
    super(scope, id);
    const { stage } = props;
    const bucket = new Bucket(this, 'Bucket', {
      bucketName: bucketName(stage, props.purpose),
      encryption: BucketEncryption.KMS,
      encryptionKey: props.key,
      bucketKeyEnabled: true,
      versioned: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      serverAccessLogsBucket: props.accessLogs,
      serverAccessLogsPrefix: `${props.purpose}/`,
      removalPolicy: stage.dataRemoval,
      autoDeleteObjects: stage.autoDeleteObjects,
    });
    addLifecycle(bucket, props);
    if (props.emitsEvents === true) emitEvents(bucket);
    // The library's own class and interface differ in what may be undefined.
    this.bucket = bucket as IBucket;
  }
}

function addLifecycle(bucket: Bucket, { shortLived = [], retention }: LakeBucketProps): void {
  bucket.addLifecycleRule({
    id: 'leftovers',
    abortIncompleteMultipartUploadAfter: Duration.days(7),
    noncurrentVersionExpiration: Duration.days(90),
    expiredObjectDeleteMarker: true,
  });
  if (retention)
    bucket.addLifecycleRule({ id: 'retention', transitions: [...retention.transitions], expiration: retention.until });
  for (const prefix of shortLived) {
    bucket.addLifecycleRule({
      id: `short-lived ${prefix}`,
      prefix,
      expiration: Duration.days(7),
      noncurrentVersionExpiration: Duration.days(1),
    });
  }
}

/** `eventBridgeEnabled` of the L2 would bring a custom resource with a Lambda; the native property does the same. */
function emitEvents(bucket: Bucket): void {
  const resource = bucket.node.defaultChild as CfnBucket;
  resource.notificationConfiguration = { eventBridgeConfiguration: { eventBridgeEnabled: true } };
}

/** The bucket that S3 writes access logs to. S3's log delivery cannot use a customer's key, so this one has S3's own. */
export class AccessLogBucket extends Construct {
  readonly bucket: IBucket;

  constructor(scope: Construct, id: string, props: { readonly stage: Stage }) {
    super(scope, id);
    const { stage } = props;
    const bucket = new Bucket(this, 'Bucket', {
      bucketName: bucketName(stage, 'access-logs'),
      encryption: BucketEncryption.S3_MANAGED,
      versioned: true,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      objectOwnership: ObjectOwnership.BUCKET_OWNER_ENFORCED,
      removalPolicy: stage.dataRemoval,
      autoDeleteObjects: stage.autoDeleteObjects,
      lifecycleRules: [
        {
          id: 'a quarter of logs',
          expiration: Duration.days(90),
          noncurrentVersionExpiration: Duration.days(1),
          abortIncompleteMultipartUploadAfter: Duration.days(7),
        },
      ],
    });
    this.bucket = bucket as IBucket;
  }
}
