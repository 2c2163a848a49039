import { describe, expect, it } from 'vitest';
import { type Resource, resourcesOf } from '../support/templates';

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** What the role of a function or job may do, action by action. */
function actionsOf(role: string): string[] {
  const [policy] = Object.entries(resourcesOf('prod', 'AWS::IAM::Policy'))
    .filter(([id]) => id.includes(`${role}RoleDefaultPolicy`))
    .map(([, resource]: [string, Resource]) => resource.Properties as { PolicyDocument: { Statement: Statement[] } });
  return [...new Set((policy?.PolicyDocument.Statement ?? []).flatMap(({ Action }) => Action))].sort();
}

const ofEveryFunction = ['logs:CreateLogStream', 'logs:PutLogEvents', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'];
const readsLake = ['kms:Decrypt', 'kms:GenerateDataKey', 's3:GetObject', 's3:GetObjectVersion', 's3:ListBucket'];
const writesLake = [...readsLake, 's3:AbortMultipartUpload', 's3:ListMultipartUploadParts', 's3:PutObject'];
const usesKey = [
  'kms:Decrypt',
  'kms:DescribeKey',
  'kms:Encrypt',
  'kms:GenerateDataKey',
  'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];
const usesLedger = [...usesKey, 'dynamodb:GetItem', 'dynamodb:UpdateItem'];
const removes = ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:ListBucketVersions'];
const leavesMessages = ['sqs:GetQueueAttributes', 'sqs:GetQueueUrl', 'sqs:SendMessage'];
const takesMessages = ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:ReceiveMessage', ...leavesMessages.slice(0, 2)];
const sweeps = ['dynamodb:Query', 's3:ListBucketVersions', 'sns:Publish', 'sqs:SendMessage', 'states:DescribeExecution'];
const inSubnets = [
  'ec2:AssignPrivateIpAddresses',
  'ec2:CreateNetworkInterface',
  'ec2:DeleteNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets',
  'ec2:UnassignPrivateIpAddresses',
];
const usesSnowflake = [...inSubnets, 'secretsmanager:GetSecretValue'];
const readsLedger = usesLedger.filter((action) => action !== 'dynamodb:UpdateItem');
const usesDatabase = [...inSubnets, 'kms:Decrypt', 'secretsmanager:GetSecretValue'];

describe('what may be done', () => {
  it.each<readonly [string, readonly string[]]>([
    ['ValidateFile', [...ofEveryFunction, ...readsLake, 's3:PutObject']],
    ['StoreBronze', [...ofEveryFunction, ...writesLake]],
    ['ArchiveFile', [...ofEveryFunction, ...writesLake, ...removes]],
    ['UpsertRds', [...ofEveryFunction, ...usesDatabase]],
    ['QueryRds', [...ofEveryFunction, ...usesDatabase]],
    ['LoadSnowflake', [...ofEveryFunction, ...writesLake, ...readsLedger, ...usesSnowflake]],
    ['PublishSnowflake', [...ofEveryFunction, 's3:ListBucket', ...usesSnowflake]],
    ['QuerySnowflake', [...ofEveryFunction, ...usesSnowflake]],
    ...['begindbt', 'enddbt'].map((turn) => [turn, [...ofEveryFunction, ...usesLedger]] as const),
    ['ReportJob', [...ofEveryFunction, ...readsLedger, 'glue:GetJobRun', 'sns:Publish', ...leavesMessages]],
    ['ArchiveTransactions', [...ofEveryFunction, ...writesLake, ...usesLedger, ...removes, ...takesMessages]],
    ['GenerateTransactions', [...ofEveryFunction, ...writesLake, ...readsLedger, ...leavesMessages]],
    ['ExtractConcessions', [...ofEveryFunction, ...writesLake, ...usesLedger, 'secretsmanager:GetSecretValue']],
    ['EndExtract', [...ofEveryFunction, ...readsLake, ...usesLedger]],
    ['SweepInbox', [...ofEveryFunction, ...usesLedger, ...sweeps]],
    ['reportfailure', [...ofEveryFunction, ...usesLedger, 'sns:Publish', 's3:PutObject']],
    ['reportsuccess', [...ofEveryFunction, ...usesLedger, 'sns:Publish', ...removes, 's3:PutObject']],
  ])('by %s is what it needs', (role, actions) => {
    expect(actionsOf(role)).toEqual([...new Set(actions)].sort());
  });

  it('by the jobs is never to drop a table', () => {
    for (const job of ['BronzeToSilver', 'SilverToGold', 'SilverToChanges', 'GoldToRds']) {
      expect(actionsOf(job).length, job).toBeGreaterThan(10);
      expect(
        actionsOf(job).filter((action) => /glue:(Delete|Batch)|Admin|PassRole/.test(action)),
        job,
      ).toEqual([]);
    }
    expect(actionsOf('GoldToRds').filter((action) => /^s3:Delete|^glue:(Create|Update)/.test(action))).toEqual([]);
  });
});
