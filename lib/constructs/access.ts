import { Aws } from 'aws-cdk-lib';
import { type IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/**
 * Grants that name each action. The L2 grants (`bucket.grantRead` …) carry action wildcards such as `s3:GetObject*`,
 * which let in more than a step does.
 */

/** Objects below the prefix and their versions; listing, without which a missing object looks like a forbidden one. */
export function allowRead(who: IGrantable, bucket: IBucket, prefix = ''): void {
  allow(who, ['s3:GetObject', 's3:GetObjectVersion'], [bucket.arnForObjects(`${prefix}*`)]);
  allow(who, ['s3:ListBucket'], [bucket.bucketArn]);
}

/** Reading, and putting objects below the prefix, in parts too. */
export function allowWrite(who: IGrantable, bucket: IBucket, prefix = ''): void {
  allowRead(who, bucket, prefix);
  allow(who, ['s3:PutObject', 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts'], [bucket.arnForObjects(`${prefix}*`)]);
}

/** Writing and deleting: what a table format does with its files. */
export function allowTableFiles(who: IGrantable, bucket: IBucket, prefix = ''): void {
  allowWrite(who, bucket, prefix);
  allow(who, ['s3:DeleteObject'], [bucket.arnForObjects(`${prefix}*`)]);
}

/** Deleting single versions, once they are safe elsewhere. */
export function allowRemove(who: IGrantable, bucket: IBucket, prefix = ''): void {
  allow(who, ['s3:DeleteObject', 's3:DeleteObjectVersion'], [bucket.arnForObjects(`${prefix}*`)]);
  allow(who, ['s3:ListBucketVersions'], [bucket.bucketArn]);
}

/** Reading and writing what is encrypted by the key. */
export function allowKey(who: IGrantable, key: IKey): void {
  allow(who, ['kms:Decrypt', 'kms:GenerateDataKey'], [key.keyArn]);
}

/** Operations on the items of a table, by their names; DynamoDB uses the table's key in the caller's name. */
export function allowItems(who: IGrantable, table: Table, operations: readonly string[]): void {
  allow(
    who,
    operations.map((name) => `dynamodb:${name}`),
    [table.tableArn],
  );
  if (table.encryptionKey === undefined) return;
  allowKey(who, table.encryptionKey);
  allow(who, ['kms:DescribeKey', 'kms:Encrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'], [table.encryptionKey.keyArn]);
}

/** Reading a secret. (`secret.grantRead` would also name the reader in the key's policy, in a stack below the reader's.) */
export function allowSecret(who: IGrantable, secret: ISecret): void {
  allow(who, ['secretsmanager:GetSecretValue'], [secret.secretArn]);
  if (secret.encryptionKey) allow(who, ['kms:Decrypt'], [secret.encryptionKey.keyArn]);
}

/** Reading the tables of Glue databases. */
export function allowCatalogRead(who: IGrantable, databases: readonly string[]): void {
  const actions = ['glue:GetDatabase', 'glue:GetDatabases', 'glue:GetTable', 'glue:GetTables'];
  allow(who, actions, catalogArns(databases));
}

/** Reading, creating and committing to the tables of Glue databases; never dropping one. */
export function allowCatalogWrite(who: IGrantable, databases: readonly string[]): void {
  allowCatalogRead(who, databases);
  allow(who, ['glue:CreateTable', 'glue:UpdateTable'], catalogArns(databases));
}

export function allow(who: IGrantable, actions: string[], resources: string[]): void {
  who.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources }));
}

function catalogArns(databases: readonly string[]): string[] {
  const glue = `arn:${Aws.PARTITION}:glue:${Aws.REGION}:${Aws.ACCOUNT_ID}`;
  return [`${glue}:catalog`, ...databases.flatMap((name) => [`${glue}:database/${name}`, `${glue}:table/${name}/*`])];
}
