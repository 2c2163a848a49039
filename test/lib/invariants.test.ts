import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../lib/project-root';
import { jsonOf, type Resource, resourcesOf, stackNames, stageNames } from './support/templates';

type Json = Record<string, unknown>;

/** Functions of custom resources that CDK brings along. */
const OF_THE_LIBRARY = /CustomS3AutoDelete|AWS679f53fac002430cb0da5b7982bd2287/;

const entriesOf = (stage: (typeof stageNames)[number], type: string): [string, Json][] =>
  Object.entries(resourcesOf(stage, type)).map(([id, { Properties = {} }]) => [id, Properties]);

const mentions = (value: unknown, id: string): boolean => JSON.stringify(value).includes(`"${id.split('/').at(-1)}"`);

describe.each(stageNames)('in %s', (stage) => {
  it('every bucket refuses plain HTTP, old TLS and the public', () => {
    const buckets = entriesOf(stage, 'AWS::S3::Bucket');
    const policies = entriesOf(stage, 'AWS::S3::BucketPolicy').map(([, properties]) => properties);
    expect(buckets).toHaveLength(9);
    for (const [id, bucket] of buckets) {
      const policy = JSON.stringify(policies.find(({ Bucket }) => mentions(Bucket, id)));
      expect(policy, id).toContain('{"Bool":{"aws:SecureTransport":"false"}}');
      expect(policy, id).toContain('{"NumericLessThan":{"s3:TlsVersion":1.2}}');
      expect(Object.values(bucket['PublicAccessBlockConfiguration'] as Json), id).toEqual([true, true, true, true]);
    }
  });

  it('every bucket is versioned, encrypted, logged and rid of leftovers', () => {
    for (const [id, bucket] of entriesOf(stage, 'AWS::S3::Bucket')) {
      expect(bucket['VersioningConfiguration'], id).toEqual({ Status: 'Enabled' });
      expect(JSON.stringify(bucket['LifecycleConfiguration']), id).toContain('AbortIncompleteMultipartUpload');
      expect(JSON.stringify(bucket['LifecycleConfiguration']), id).toContain('NoncurrentVersionExpiration');
      const isLog = JSON.stringify(bucket['BucketName']).includes('access-logs');
      expect(JSON.stringify(bucket['BucketEncryption']), id).toContain(isLog ? 'AES256' : '"SSEAlgorithm":"aws:kms"');
      expect(bucket['LoggingConfiguration'] !== undefined, id).toBe(!isLog);
    }
  });

  it('every key rotates', () => {
    for (const [id, key] of entriesOf(stage, 'AWS::KMS::Key')) expect(key['EnableKeyRotation'], id).toBe(true);
  });

  it('every queue has a dead-letter queue or is one, is encrypted and refuses plain HTTP', () => {
    const queues = entriesOf(stage, 'AWS::SQS::Queue');
    const redrives = queues.map(([, { RedrivePolicy }]) => RedrivePolicy);
    // Of what is called without anybody waiting for the answer.
    const ofCalls = entriesOf(stage, 'AWS::Lambda::EventInvokeConfig').map(([, { DestinationConfig }]) => DestinationConfig);
    const policies = entriesOf(stage, 'AWS::SQS::QueuePolicy').map(([, properties]) => properties);
    expect(queues).toHaveLength(6);
    for (const [id, queue] of queues) {
      const isDeadLetterQueue =
        redrives.some((redrive) => redrive !== undefined && mentions(redrive, id)) || mentions(ofCalls, id);
      expect(queue['RedrivePolicy'] !== undefined || isDeadLetterQueue, id).toBe(true);
      expect(queue['SqsManagedSseEnabled'], id).toBe(true);
      const policy = policies.find(({ Queues }) => mentions(Queues, id));
      expect(JSON.stringify(policy), id).toContain('aws:SecureTransport');
    }
  });

  it('every topic is encrypted by a key of ours and refuses plain HTTP', () => {
    const topics = entriesOf(stage, 'AWS::SNS::Topic');
    const policies = entriesOf(stage, 'AWS::SNS::TopicPolicy').map(([, properties]) => properties);
    expect(topics).toHaveLength(4);
    for (const [id, topic] of topics) {
      expect(topic['KmsMasterKeyId'], id).toHaveProperty('Fn::GetAtt');
      const policy = policies.find(({ Topics }) => mentions(Topics, id));
      expect(JSON.stringify(policy), id).toContain('aws:SecureTransport');
    }
  });

  it('every alarm tells the alarms topic and ends with a heading of the runbook', () => {
    const runbook = readFileSync(join(projectRoot, 'docs', 'runbook.md'), 'utf8');
    const headings = [...runbook.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
    const alarms = entriesOf(stage, 'AWS::CloudWatch::Alarm');
    const named = alarms.map(([id, alarm]) => {
      expect(JSON.stringify(alarm['AlarmActions']), id).toContain('AlertsAlarms');
      expect(alarm['TreatMissingData'], id).toBe('notBreaching');
      const [, heading] = /What to do: docs\/runbook\.md, (.+)$/.exec(String(alarm['AlarmDescription'])) ?? [];
      expect(headings, id).toContain(heading);
      return heading;
    });
    expect(
      headings.filter((heading) => !named.includes(heading)),
      'headings without an alarm',
    ).toEqual([]);
  });

  it('no template carries a secret', () => {
    for (const stack of stackNames) {
      const { Parameters = {}, Resources } = jsonOf(stage, stack);
      for (const [name, parameter] of Object.entries(Parameters) as [string, Json][])
        if (/password|secret|token/i.test(name)) expect(parameter, name).toMatchObject({ NoEcho: true });
      for (const [id, { Properties = {} }] of Object.entries(Resources)) expect(literalSecrets(Properties), id).toEqual([]);
      // JSON inside a string, as a secret's value is: "password":"… must break off for a reference.
      expect(JSON.stringify(Resources)).not.toMatch(/password\\+":\\*"[^"\\]/);
    }
  });

  it('every function runs Node 22 on ARM, traces, and keeps its log for a limited time', () => {
    const functions = entriesOf(stage, 'AWS::Lambda::Function').filter(([id]) => !OF_THE_LIBRARY.test(id));
    expect(functions).toHaveLength(25);
    const logGroups = entriesOf(stage, 'AWS::Logs::LogGroup').map(([, { LogGroupName }]) => LogGroupName);
    for (const [id, properties] of functions) {
      expect(properties, id).toMatchObject({
        Runtime: 'nodejs22.x',
        Architectures: ['arm64'],
        TracingConfig: { Mode: 'Active' },
        Handler: 'index.handler',
      });
      expect(logGroups, id).toContain(`/aws/lambda/${properties['FunctionName'] as string}`);
      // Lambda's limit for all of it is 4 KB; references become some 100 bytes longer.
      expect(JSON.stringify(properties['Environment']).length, id).toBeLessThan(3_500);
    }
    for (const [id, { RetentionInDays }] of entriesOf(stage, 'AWS::Logs::LogGroup'))
      expect(RetentionInDays, id).toBeTypeOf('number');
  });

  it('every Glue job names its version, has a time limit, room for many runs at once and no retries of its own', () => {
    const jobs = entriesOf(stage, 'AWS::Glue::Job');
    expect(jobs).toHaveLength(5);
    for (const [id, job] of jobs) {
      expect(job, id).toMatchObject({ GlueVersion: '5.1', Timeout: 60, MaxRetries: 0, WorkerType: 'G.1X' });
      expect((job['ExecutionProperty'] as { MaxConcurrentRuns: number }).MaxConcurrentRuns, id).toBeGreaterThanOrEqual(20);
    }
  });

  it('no statement allows every action, and no role has a policy of AWS but one of CDK itself', () => {
    for (const type of ['AWS::IAM::Policy', 'AWS::IAM::Role']) {
      for (const [id, properties] of entriesOf(stage, type)) {
        expect(
          actionsOf(properties).filter((action) => action.includes('*')),
          id,
        ).toEqual([]);
        if (!OF_THE_LIBRARY.test(id)) expect(properties['ManagedPolicyArns'], id).toBeUndefined();
      }
    }
  });
});

it('data is kept when a stack of staging or prod goes, and only there', () => {
  const kept = (stage: (typeof stageNames)[number]): string[] =>
    ['AWS::S3::Bucket', 'AWS::DynamoDB::Table', 'AWS::RDS::DBCluster', 'AWS::Glue::Database']
      .flatMap((type) => Object.entries(resourcesOf(stage, type)))
      .filter(([, resource]: [string, Resource]) => resource.DeletionPolicy === 'Retain')
      .map(([id]) => id);
  expect(kept('local')).toEqual([]);
  expect(kept('dev')).toEqual([]);
  expect(kept('staging')).toHaveLength(15);
  expect(kept('prod')).toEqual(kept('staging'));
});

function actionsOf(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(actionsOf);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => (key === 'Action' ? [inner].flat().map(String) : actionsOf(inner)));
}

/** Properties named like a secret whose value is written out instead of being a reference. */
function literalSecrets(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => {
    const isSecret = /^(master)?(user)?password$|^secretstring$|^secretbinary$|accesskey/i.test(key);
    return isSecret && typeof inner === 'string' ? [`${path}.${key}`] : literalSecrets(inner, `${path}.${key}`);
  });
}
