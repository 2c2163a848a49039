import { Match } from 'aws-cdk-lib/assertions';
import { describe, it } from 'vitest';
import { loadContracts } from '../../../contracts/catalog';
import { jsonOf, templateOf } from '../support/templates';

const template = templateOf('prod', 'pipelines');

const resources = Object.entries(jsonOf('prod', 'pipelines').Resources);
const idOf = (type: string, prefix: string): string =>
  resources.find(([id, { Type }]) => Type === type && id.startsWith(prefix))?.[0] ?? '';

const sweep = idOf('AWS::Lambda::Function', 'SweepSweepInbox');
const target = {
  Arn: { 'Fn::GetAtt': [sweep, 'Arn'] },
  DeadLetterConfig: { Arn: { 'Fn::GetAtt': [idOf('AWS::SQS::Queue', 'ReceiveInboxDeadLetters'), 'Arn'] } },
};
const imported = (name: string, attribute: string) => ({
  'Fn::ImportValue': Match.stringLikeRegexp(`${attribute}${name}`),
});

describe('the sweep', () => {
  it('comes once a day', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      ScheduleExpression: 'cron(17 3 * * ? *)',
      Targets: [Match.objectLike(target)],
    });
  });

  it('comes at once for an execution of ours that was cut off, however it was', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.states'],
        'detail-type': ['Step Functions Execution Status Change'],
        detail: {
          status: ['ABORTED', 'TIMED_OUT', 'FAILED'],
          stateMachineArn: Match.arrayWith([{ Ref: idOf('AWS::StepFunctions::StateMachine', 'purchases') }]),
        },
      },
      Targets: [Match.objectLike(target)],
    });
  });

  it('knows every dataset, and the files of none', () => {
    template.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'assay-prod-sweep-inbox',
      Environment: {
        Variables: Match.objectLike({
          DATASETS: JSON.stringify([...loadContracts('contracts').map(({ dataset }) => dataset), 'unmatched']),
          TAKE_AFTER_MINUTES: '60',
          ALERT_AFTER_HOURS: '24',
          ARCHIVED_BY_EVENT: '["transactions"]',
          ARCHIVE_QUEUE_URL: { Ref: idOf('AWS::SQS::Queue', 'ArchiveQueue') },
          INBOX_QUEUE_URL: { Ref: idOf('AWS::SQS::Queue', 'ReceiveInboxQueue') },
        }),
      },
    });
  });

  it.each([
    ['s3:ListBucketVersions', imported('InboxBucket', 'FnGetAtt')],
    [
      'sqs:SendMessage',
      ['ArchiveQueue', 'ReceiveInboxQueue'].map((queue) => ({ 'Fn::GetAtt': [idOf('AWS::SQS::Queue', queue), 'Arn'] })),
    ],
    ['dynamodb:Query', { 'Fn::Join': ['', [imported('LedgerTable', 'FnGetAtt'), '/index/by-dataset']] }],
    ['sns:Publish', { Ref: idOf('AWS::SNS::Topic', 'AlertsFailures') }],
    [
      'states:DescribeExecution',
      Match.arrayWith([
        {
          'Fn::Join': [
            '',
            Match.arrayWith([
              ':execution:',
              { 'Fn::GetAtt': [idOf('AWS::StepFunctions::StateMachine', 'purchases'), 'Name'] },
              ':*',
            ]),
          ],
        },
      ]),
    ],
  ])('may %s of what is ours alone', (action, resource) => {
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyName: Match.stringLikeRegexp('^SweepSweepInboxRoleDefaultPolicy'),
      PolicyDocument: {
        Statement: Match.arrayWith([{ Action: action, Effect: 'Allow', Resource: resource }]),
      },
    });
  });

  it('that fails is told of', () => {
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'assay-prod-sweep-inbox-errors',
      Namespace: 'AWS/Lambda',
      MetricName: 'Errors',
      Dimensions: [{ Name: 'FunctionName', Value: { Ref: sweep } }],
      AlarmDescription: Match.stringLikeRegexp('docs/runbook.md, Sweep failed$'),
    });
  });
});
