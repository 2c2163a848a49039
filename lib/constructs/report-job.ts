import { Duration } from 'aws-cdk-lib';
import { EventField, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { Function } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import type { LakeStack } from '../stacks/lake-stack';
import type { Stage } from '../stages';
import { allow, allowItems, allowKey } from './access';
import type { Alerts } from './alerts';
import { AssayFunction } from './assay-function';
import { DeadLetterQueue } from './dead-letter-queue';
import type { SparkJob } from './spark-job';

export interface ReportJobProps {
  readonly stage: Stage;
  readonly lake: LakeStack;
  readonly alerts: Alerts;
  readonly jobs: readonly SparkJob[];
}

const GLUE_EVENT = 'Glue Job State Change';
const detail = (field: string): string => EventField.fromPath(`$.detail.${field}`);

/** Not the event's message: it may quote cells of a file, and would stand in a dead letter. */
const whatIsAsked = RuleTargetInput.fromObject({
  'detail-type': GLUE_EVENT,
  region: EventField.fromPath('$.region'),
  detail: { jobName: detail('jobName'), jobRunId: detail('jobRunId'), state: detail('state') },
});

/** Tells the jobs topic how each run of our Glue jobs ended: Glue's event → report-job → topic. */
export class ReportJob extends Construct {
  constructor(scope: Construct, id: string, props: ReportJobProps) {
    super(scope, id);
    const { stage, alerts, jobs } = props;
    const report = this.createFunction(props);
    const { queue: deadLetterQueue } = new DeadLetterQueue(this, 'DeadLetters', {
      stage,
      alerts,
      name: 'jobs',
      meaning: 'People were not told of the end of a Glue run, and its file may wait for its archive until the next sweep.',
      heading: 'Job reports in the dead-letter queue',
      of: report,
    });
    new Rule(this, 'JobEnded', {
      ruleName: `assay-${stage.name}-job-ended`,
      description: 'a run of a Glue job has ended',
      eventPattern: {
        source: ['aws.glue'],
        detailType: [GLUE_EVENT],
        detail: {
          jobName: jobs.map(({ job }) => job.jobName),
          state: ['SUCCEEDED', 'FAILED', 'TIMEOUT', 'STOPPED'],
        },
      },
      targets: [new LambdaFunction(report, { deadLetterQueue, event: whatIsAsked })],
    });
  }

  private createFunction({ stage, lake, alerts, jobs }: ReportJobProps): Function {
    const { function: report } = new AssayFunction(this, 'ReportJob', {
      stage,
      step: 'report-job',
      description: 'a run of a Glue job has ended: message with what it was about',
      memorySize: 256,
      timeout: Duration.minutes(1),
      environment: { LEDGER_TABLE: lake.ledger.table.tableName, JOB_TOPIC_ARN: alerts.jobs.topicArn },
    });
    allow(
      report,
      ['glue:GetJobRun'],
      jobs.map(({ job }) => job.jobArn),
    );
    allowItems(report, lake.ledger.table, ['GetItem']);
    allow(report, ['sns:Publish'], [alerts.jobs.topicArn]);
    allowKey(report, alerts.key);
    return report;
  }
}
