import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { loadContracts } from '../../../contracts/catalog';
import { archivedByEvent } from '../../../lib/constructs/archive-by-event';
import { machineOf, path } from '../support/state-machine';
import { jsonOf, templateOf } from '../support/templates';

const template = templateOf('prod', 'pipelines');
const resources = Object.entries(jsonOf('prod', 'pipelines').Resources);
const idOf = (type: string, prefix: string): string =>
  resources.find(([id, { Type }]) => Type === type && id.startsWith(prefix))?.[0] ?? '';
const arnOf = (type: string, prefix: string) => ({ 'Fn::GetAtt': [idOf(type, prefix), 'Arn'] });

const jobs = resources.filter(([, { Type }]) => Type === 'AWS::Glue::Job');

describe('the end of a Glue run', () => {
  it('of our jobs alone leads to report-job, and where that fails to a queue', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.glue'],
        'detail-type': ['Glue Job State Change'],
        detail: {
          jobName: jobs.map(([id]) => ({ Ref: id })),
          state: ['SUCCEEDED', 'FAILED', 'TIMEOUT', 'STOPPED'],
        },
      },
      Targets: [
        Match.objectLike({
          Arn: arnOf('AWS::Lambda::Function', 'ReportJobFunction'),
          DeadLetterConfig: { Arn: arnOf('AWS::SQS::Queue', 'ReportJobDeadLetters') },
          // Without the message, which may quote a file.
          InputTransformer: Match.objectLike({
            InputTemplate:
              '{"detail-type":"Glue Job State Change","region":<region>,"detail":{"jobName":<detail-jobName>,"jobRunId":<detail-jobRunId>,"state":<detail-state>}}',
          }),
        }),
      ],
    });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: idOf('AWS::Lambda::Function', 'ReportJobFunction') },
      DestinationConfig: { OnFailure: { Destination: arnOf('AWS::SQS::Queue', 'ReportJobDeadLetters') } },
    });
  });

  it('of a dataset that is archived by event leads from the jobs topic to a queue of its own', () => {
    template.hasResourceProperties('AWS::SNS::Subscription', {
      TopicArn: { Ref: idOf('AWS::SNS::Topic', 'AlertsJobs') },
      Protocol: 'sqs',
      Endpoint: arnOf('AWS::SQS::Queue', 'ArchiveQueue'),
      FilterPolicy: { dataset: ['transactions'] },
      RedrivePolicy: { deadLetterTargetArn: arnOf('AWS::SQS::Queue', 'ArchiveDeadLetters') },
    });
    template.hasResourceProperties('AWS::SNS::Topic', { TopicName: 'assay-prod-jobs' });
  });
});

describe('archive-transactions', () => {
  it('takes its messages one by one, hidden for longer than it runs, and gives up after two dozen', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'assay-prod-archive',
      VisibilityTimeout: 360,
      RedrivePolicy: { maxReceiveCount: 24 },
    });
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      EventSourceArn: arnOf('AWS::SQS::Queue', 'ArchiveQueue'),
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 2 },
    });
  });

  it('knows each dataset by its prefix and its last job', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'assay-prod-archive-transactions',
      Timeout: 300,
      Environment: {
        Variables: Match.objectLike({
          DATASETS: JSON.stringify({ transactions: { prefix: 'transactions', lastJob: 'assay-prod-silver-to-changes' } }),
        }),
      },
    });
  });
});

describe('the machine of a dataset that is archived by event', () => {
  it('ends with its report, without a step that archives', () => {
    const load = ['SilverToChanges', 'Load', 'Is every target loaded', 'redshift loaded'];
    const before = ['ValidateFile', 'StoreBronze', 'BronzeToSilver', ...load];
    expect(path(machineOf('assay-prod-transactions'))).toEqual([...before, 'ReportSuccess']);
    expect(path(machineOf('assay-prod-orders'))).toEqual([...before, 'ArchiveFile', 'ReportSuccess']);
    expect(archivedByEvent(loadContracts('contracts')).map(({ dataset }) => dataset)).toEqual(['transactions']);
  });
});

describe('generate-transactions', () => {
  const name = 'assay-prod-generate-transactions';

  it('is called once a day with the time that it is called for, and again where the call fails', () => {
    template.hasResourceProperties('AWS::Scheduler::Schedule', {
      Name: name,
      ScheduleExpression: 'cron(7 1 * * ? *)',
      Target: Match.objectLike({
        Arn: arnOf('AWS::Lambda::Function', 'GenerateGenerateTransactions'),
        Input: '{"scheduledAt":"<aws.scheduler.scheduled-time>"}',
        DeadLetterConfig: { Arn: arnOf('AWS::SQS::Queue', 'GenerateDeadLetters') },
        RetryPolicy: { MaximumEventAgeInSeconds: 21_600, MaximumRetryAttempts: 10 },
      }),
    });
  });

  it('may be called by its schedule alone', () => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyName: Match.stringLikeRegexp('^SchedulerRoleForTarget'),
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: 'lambda:InvokeFunction',
            Resource: Match.arrayWith([arnOf('AWS::Lambda::Function', 'GenerateGenerateTransactions')]),
          }),
        ]),
      },
    });
  });

  it('on the laptop is called on demand alone', () => {
    const schedules = Object.values(jsonOf('local', 'pipelines').Resources).filter(
      ({ Type }) => Type === 'AWS::Scheduler::Schedule',
    );
    expect(schedules).toEqual([]);
  });
});
