import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Stage } from '../stages';

export interface AlertsProps {
  readonly stage: Stage;
}

/** Where people are told: one topic for files that failed, one for files that arrived, one for alarms, one for Glue jobs. */
export class Alerts extends Construct {
  readonly key: Key;
  readonly failures: Topic;
  readonly successes: Topic;
  /** Apart from failures, so that a subscriber gets one message a failed file and not the alarm about it as well. */
  readonly alarms: Topic;
  /** Every end of a Glue run, whatever becomes of its file. */
  readonly jobs: Topic;

  constructor(scope: Construct, id: string, props: AlertsProps) {
    super(scope, id);
    const { stage } = props;
    this.key = new Key(this, 'Key', {
      description: `Assay ${stage.name}: messages of the topics`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    // An alarm cannot use AWS's own key for SNS, and its message is lost without a word.
    this.key.grantEncryptDecrypt(new ServicePrincipal('cloudwatch.amazonaws.com'));
    this.failures = this.createTopic(stage, 'failures');
    this.successes = this.createTopic(stage, 'successes');
    this.alarms = this.createTopic(stage, 'alarms');
    this.jobs = this.createTopic(stage, 'jobs');
    // The topic's own policy, which refuses plain HTTP, has taken the place of the default one that let alarms in.
    this.alarms.grantPublish(
      new ServicePrincipal('cloudwatch.amazonaws.com', {
        conditions: { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } },
      }),
    );
  }

  private createTopic(stage: Stage, name: string): Topic {
    return new Topic(this, name.charAt(0).toUpperCase() + name.slice(1), {
      topicName: `assay-${stage.name}-${name}`,
      displayName: `Assay ${stage.name} ${name}`,
      masterKey: this.key,
      enforceSSL: true,
    });
  }
}
