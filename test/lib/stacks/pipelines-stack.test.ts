import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { loadContracts } from '../../../contracts/catalog';
import { jsonOf, snapshotOf, templateOf } from '../support/templates';

const template = templateOf('prod', 'pipelines');
const contracts = loadContracts('contracts');

describe('the way in', () => {
  it('leads from every new object of the inbox to the queue', () => {
    template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: {
        source: ['aws.s3'],
        'detail-type': ['Object Created'],
        detail: { bucket: { name: [{ 'Fn::ImportValue': Match.stringLikeRegexp('InboxBucket') }] } },
      },
      Targets: [Match.objectLike({ DeadLetterConfig: { Arn: Match.anyValue() } })],
    });
  });

  it('hides a message longer than receive-file may run, and gives up after five tries', () => {
    template.hasResourceProperties('AWS::SQS::Queue', {
      QueueName: 'assay-prod-receive',
      VisibilityTimeout: 360,
      RedrivePolicy: { maxReceiveCount: 5 },
    });
    template.hasResourceProperties('AWS::Lambda::Function', { FunctionName: 'assay-prod-receive-file', Timeout: 300 });
  });

  it('takes messages one by one out of a batch', () => {
    template.hasResourceProperties('AWS::Lambda::EventSourceMapping', {
      BatchSize: 10,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      ScalingConfig: { MaximumConcurrency: 10 },
    });
  });

  it('knows each contract by its route', () => {
    const functions = Object.values(
      template.findResources('AWS::Lambda::Function', { Properties: { FunctionName: 'assay-prod-receive-file' } }),
    );
    const { Environment } = functions[0]?.['Properties'] as {
      Environment: { Variables: { ROUTES: string; STATE_MACHINE_PREFIX: { 'Fn::Join': [string, unknown[]] } } };
    };
    const { ROUTES, STATE_MACHINE_PREFIX } = Environment.Variables;
    expect(JSON.parse(ROUTES)).toEqual(
      contracts.map(({ dataset, inbox, version }) => ({ dataset, ...inbox, contractVersion: version })),
    );
    expect(STATE_MACHINE_PREFIX['Fn::Join'][1].at(-1)).toBe(':stateMachine:assay-prod-');
  });
});

describe('the jobs', () => {
  it.each(['bronze-to-silver', 'silver-to-gold', 'silver-to-changes', 'gold-to-rds'])(
    'have %s with Iceberg over the Glue catalog',
    (step) => {
      const spark = [
        'spark.sql.extensions=org.apache.iceberg.spark.extensions.IcebergSparkSessionExtensions',
        'spark.sql.catalog.lake=org.apache.iceberg.spark.SparkCatalog',
        'spark.sql.catalog.lake.catalog-impl=org.apache.iceberg.aws.glue.GlueCatalog',
        'spark.sql.catalog.lake.io-impl=org.apache.iceberg.aws.s3.S3FileIO',
        'spark.sql.defaultCatalog=lake',
        'spark.sql.session.timeZone=UTC',
      ];
      template.hasResourceProperties('AWS::Glue::Job', {
        Name: `assay-prod-${step}`,
        DefaultArguments: Match.objectLike({
          '--datalake-formats': 'iceberg',
          '--conf': spark.join(' --conf '),
          '--extra-py-files': { 'Fn::Join': ['', Match.arrayWith([Match.stringLikeRegexp('^/[0-9a-f]{64}\\.zip$')])] },
          '--work_path': {
            'Fn::Join': ['', ['s3://', { 'Fn::ImportValue': Match.stringLikeRegexp('SilverBucket') }, '/_work']],
          },
          '--ledger_table': { 'Fn::ImportValue': Match.stringLikeRegexp('LedgerTable') },
        }),
        SecurityConfiguration: Match.anyValue(),
      });
    },
  );

  it('put the one that speaks to the database, and no other, into its network', () => {
    const connected = Object.values(
      template.findResources('AWS::Glue::Job', { Properties: { Connections: Match.anyValue() } }),
    );
    expect(connected.map(({ Properties }) => (Properties as { Name: string }).Name)).toEqual(['assay-prod-gold-to-rds']);
  });
});

describe('the topics', () => {
  it('let alarms of this account in, which their own policy would otherwise keep out', () => {
    template.hasResourceProperties('AWS::SNS::TopicPolicy', {
      Topics: [{ Ref: Match.stringLikeRegexp('^AlertsAlarms') }],
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Effect: 'Allow',
            Action: 'sns:Publish',
            Principal: { Service: 'cloudwatch.amazonaws.com' },
            Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
          }),
        ]),
      },
    });
  });
});

describe('the pipelines', () => {
  it('have one state machine per contract and those of the refresh, of dbt and of the extract, logged without data and traced', () => {
    template.resourceCountIs('AWS::StepFunctions::StateMachine', contracts.length + 3);
    template.hasResourceProperties('AWS::StepFunctions::StateMachine', {
      StateMachineName: 'assay-prod-purchases',
      LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false },
      TracingConfiguration: { Enabled: true },
    });
  });

  it('have the outputs that the command line reads', () => {
    const topics = ['FailureTopicArn', 'SuccessTopicArn', 'AlarmTopicArn', 'JobTopicArn'];
    const functions = ['GenerateTransactionsFunctionName', 'QueryRdsFunctionName', 'QuerySnowflakeFunctionName'];
    const machines = ['RefreshWarehouseArn', 'ModelSnowflakeArn', 'ExtractConcessionsArn'];
    const queues = ['ReceiveQueueUrl', 'ReceiveDeadLetterQueueUrl'];
    const outputs = Object.keys(jsonOf('prod', 'pipelines').Outputs ?? {});
    expect(outputs).toEqual([...topics, ...functions, ...machines, ...queues]);
  });

  it('are in prod what they were', async () => {
    await expect(snapshotOf('pipelines')).toMatchFileSnapshot('pipelines-stack.prod.snap');
  });
});
