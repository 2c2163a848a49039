import type { PolicyValidationPluginReport, PolicyViolation } from 'aws-cdk-lib';
import { AwsSolutionsChecks } from 'cdk-nag';
import type { IConstruct } from 'constructs';

export interface Acknowledgement {
  /** The rule and, for a rule that finds several things in a resource, what it found. */
  readonly finding: RegExp;
  /** Construct paths. */
  readonly where: RegExp;
  readonly reason: string;
}

/** Every finding of AwsSolutions that we live with, and why. Whatever is not here fails the synthesis. */
export const acknowledgements: readonly Acknowledgement[] = [
  {
    finding:
      /^AwsSolutions-IAM5\[Resource::.*(Bucket\w*Arn\w*|<\w*Bucket\w*\.Arn>)\/(_work\/|_work\/snowflake\/|_lineage\/|_extracts\/|unmatched\/|releases\/|transactions\/|concession\w+_)?\*\]$/,
    where: /^assay-\w+-(pipelines|warehouse|snowflake)\//,
    reason: 'objects are named by those who send them; the grant names one bucket and, where it can, a prefix',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*:s3:::cdk-hnb659fds-assets-.*\/\*\]$/,
    where: /^assay-\w+-pipelines\/Jobs\//,
    reason: 'an execution under way keeps the script and job document that it began with, whatever is deployed since',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*:table\/(silver|gold|quarantine|quality)\/\*\]$/,
    where: /^assay-\w+-pipelines\/Jobs\//,
    reason: 'the jobs serve every dataset, so every table of these four databases, which are ours alone',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*:log-group:\/aws-glue\/\*\]$/,
    where: /^assay-\w+-pipelines\/Jobs\//,
    reason: 'Glue itself names its log groups and streams below /aws-glue/',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    where: /^assay-\w+-pipelines\/Jobs\//,
    reason: "PutMetricData takes no resource and is held to the namespace Glue; EC2's network interfaces take none either",
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    where: /^assay-\w+-(pipelines|database|warehouse)\/.*\/Role\//,
    reason: "X-Ray, log delivery, EC2's network interfaces and what became of a statement of one's own take no resource",
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::<\w+Function\w+\.Arn>:\*\]$/,
    where: /^assay-\w+-pipelines\/\w+\/StateMachine\/Role\//,
    reason: "the library grants a function's versions along with the function",
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*:states:.*:execution:.*\.Name>:\*\]$/,
    where: /^assay-\w+-pipelines\/Sweep\//,
    reason: 'an execution is named by the file version that it is about; the grant names the state machine',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::.*:log-group:<\w+>:log-stream:\*\]$/,
    where: /^assay-\w+-pipelines\/ReportRefreshFailure\//,
    reason: 'a stream is named by the task that writes it; the grant names the log group',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::<\w+Function\w+\.Arn>:\*\]$/,
    where: /^assay-\w+-pipelines\/SchedulerRoleForTarget/,
    reason: "the library grants a function's versions along with the function",
  },
  {
    finding: /^AwsSolutions-SQS3$/,
    where: /^assay-\w+-pipelines\/(ReportJob|Generate)\/DeadLetters\//,
    reason: 'it is a dead-letter queue itself, of calls for whose answer nobody waits',
  },
  {
    finding: /^AwsSolutions-L1$/,
    where: /^assay-\w+-(pipelines|database|warehouse)\//,
    reason: 'Node 22, which is supported until 2027, is what the functions are built and tested for',
  },
  {
    finding: /^AwsSolutions-IAM(5\[Resource::\*\]|4\[.*AWSLambdaBasicExecutionRole\])$/,
    where: /^assay-\w+-warehouse\/(Warehouse\/RpuLimit|AWS[0-9a-f]{32})\//,
    reason: "usage limits take no resource, and CloudFormation has none for them; the library's function writes its own log",
  },
  {
    finding: /^AwsSolutions-RDS10$/,
    where: /^assay-dev-database\//,
    reason: 'the database of dev is there to be destroyed with its stack',
  },
  {
    finding: /^AwsSolutions-VPC7$/,
    where: /^assay-local-network\//,
    reason: 'nothing flows in the VPC of an emulator, which has no flow logs',
  },
  {
    finding: /^AwsSolutions-SMG4$/,
    where: /^assay-local-database\//,
    reason: 'the password of a database that was there before is changed where that database is kept',
  },
  {
    finding: /^AwsSolutions-SMG4$/,
    where: /^assay-\w+-snowflake\/Users\//,
    reason: 'Snowflake has to be told of a new key first, by its administrator: docs/snowflake.md says how a key is rotated',
  },
  {
    finding: /^AwsSolutions-SMG4$/,
    where: /^assay-\w+-pipelines\/Concessions\/Lambdas\/Token\//,
    reason: 'the token is given out by whoever runs the API: docs/concessions.md says how a new one is put there',
  },
  {
    finding: /^AwsSolutions-ECS2$/,
    where: /^assay-\w+-pipelines\/Dbt\/Task\//,
    reason: 'names of an account, a user, a role, a warehouse and a database; the key comes from its secret',
  },
  {
    finding: /^AwsSolutions-IAM5\[Resource::\*\]$/,
    where: /^assay-\w+-pipelines\/Dbt\/Task\/ExecutionRole\//,
    reason: 'GetAuthorizationToken of ECR takes no resource',
  },
  {
    finding: /^AwsSolutions-GL[13]$/,
    where: /^assay-local-pipelines\/Jobs\//,
    reason: 'the emulator has no Glue security configurations',
  },
];

/** The AwsSolutions pack, less what is acknowledged above. */
export class ExplainedSolutionsChecks extends AwsSolutionsChecks {
  override validateScope(scope: IConstruct): PolicyValidationPluginReport {
    const report = super.validateScope(scope);
    const violations = report.violations.map(withoutExplained).filter((one) => one.violatingResources.length > 0);
    return { ...report, success: violations.length === 0, violations };
  }
}

function withoutExplained(violation: PolicyViolation): PolicyViolation {
  const left = violation.violatingResources.filter((one) => !explanation(violation.ruleName, one.constructPath ?? ''));
  return { ...violation, violatingResources: left };
}

export function explanation(finding: string, constructPath: string): Acknowledgement | undefined {
  return acknowledgements.find((one) => one.finding.test(finding) && one.where.test(constructPath));
}
