import {
  AwsCustomResource,
  AwsCustomResourcePolicy,
  PhysicalResourceId,
  PhysicalResourceIdReference,
  type AwsSdkCall,
} from 'aws-cdk-lib/custom-resources';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { RemovalPolicy } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import type { Stage } from '../stages';

export interface RpuLimitProps {
  readonly workgroupArn: string;
  readonly dailyRpuHours: number;
  readonly stage: Stage;
}

const service = 'redshift-serverless';

/** A daily limit of what a workgroup computes, after which it refuses queries. CloudFormation has no resource for it. */
export class RpuLimit extends Construct {
  constructor(scope: Construct, id: string, { stage, workgroupArn, dailyRpuHours: amount }: RpuLimitProps) {
    super(scope, id);
    const usageLimitId = new PhysicalResourceIdReference();
    const onCreate: AwsSdkCall = {
      service,
      action: 'CreateUsageLimit',
      parameters: {
        resourceArn: workgroupArn,
        usageType: 'serverless-compute',
        amount,
        period: 'daily',
        breachAction: 'deactivate',
      },
      physicalResourceId: PhysicalResourceId.fromResponse('usageLimit.usageLimitId'),
    };
    const actions = ['CreateUsageLimit', 'UpdateUsageLimit', 'DeleteUsageLimit'].map((name) => `${service}:${name}`);
    new AwsCustomResource(this, 'Limit', {
      onCreate,
      onUpdate: { service, action: 'UpdateUsageLimit', parameters: { usageLimitId, amount, breachAction: 'deactivate' } },
      onDelete: { service, action: 'DeleteUsageLimit', parameters: { usageLimitId } },
      installLatestAwsSdk: false,
      logGroup: new LogGroup(this, 'Logs', { retention: stage.logRetention, removalPolicy: RemovalPolicy.DESTROY }),
      policy: AwsCustomResourcePolicy.fromStatements([new PolicyStatement({ actions, resources: ['*'] })]),
    });
  }
}
