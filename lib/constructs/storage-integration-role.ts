import { Aws, CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { ArnPrincipal, Role } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { SNOWFLAKE_FOLDER } from '../../contracts/changes-folder';
import type { LakeStack } from '../stacks/lake-stack';
import type { Stage } from '../stages';
import { allow, allowRead } from './access';

export interface StorageIntegrationRoleProps {
  readonly stage: Stage;
  readonly lake: LakeStack;
}

/**
 * Where load-snowflake leaves a file, and SilverToChanges rows, for Snowflake to copy, in the silver bucket: all of the lake
 * that Snowflake sees.
 */
export const SNOWFLAKE_PREFIX = `_work/${SNOWFLAKE_FOLDER}`;

/**
 * The role that Snowflake's storage integration takes on. Snowflake tells its user and external id once the integration is
 * there, which needs this role: until then, the first deployment lets in nobody but this account, and with an id that none has.
 */
export class StorageIntegrationRole extends Construct {
  readonly role: Role;

  constructor(scope: Construct, id: string, { stage, lake }: StorageIntegrationRoleProps) {
    super(scope, id);
    const parameters = Stack.of(this);
    const user = new CfnParameter(parameters, 'SnowflakeUserArn', {
      description: 'STORAGE_AWS_IAM_USER_ARN of describe integration assay_lake',
      default: '',
    });
    const externalId = new CfnParameter(parameters, 'SnowflakeExternalId', {
      description: 'STORAGE_AWS_EXTERNAL_ID of describe integration assay_lake',
      default: 'not-known-before-the-integration-is-there',
      allowedPattern: '^[\\w+=,.@:/-]{2,1224}$',
    });
    const isKnown = new CfnCondition(parameters, 'SnowflakeUserIsKnown', {
      expression: Fn.conditionNot(Fn.conditionEquals(user.valueAsString, '')),
    });
    const nobodyElse = `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:root`;
    const trusted = Fn.conditionIf(isKnown.logicalId, user.valueAsString, nobodyElse).toString();
    this.role = new Role(this, 'Role', {
      roleName: `assay-${stage.name}-snowflake-storage`,
      description: "what Snowflake reads the lake's files for it with",
      assumedBy: new ArnPrincipal(trusted).withConditions({
        StringEquals: { 'sts:ExternalId': externalId.valueAsString },
      }),
    });
    allowRead(this.role, lake.buckets.silver, SNOWFLAKE_PREFIX);
    allow(this.role, ['kms:Decrypt'], [lake.key.keyArn]);
    allow(this.role, ['s3:GetBucketLocation'], [lake.buckets.silver.bucketArn]);
  }
}
