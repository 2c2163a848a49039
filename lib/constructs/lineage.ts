import { Aws } from 'aws-cdk-lib';
import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import type { LakeStack } from '../stacks/lake-stack';
import type { Stage } from '../stages';
import { allow, allowKey } from './access';

const PREFIX = '_lineage/';

interface Telling {
  readonly stage: Stage;
  readonly lake: LakeStack;
}

/** Where a function writes its OpenLineage events. */
export function lineageVariables({ stage, lake }: Telling): Record<string, string> {
  return { LINEAGE_PATH: lineagePath(lake), LINEAGE_NAMESPACE: `assay-${stage.name}` };
}

/** The same for a job, and how it names the catalog's tables. */
export function lineageArguments({ stage, lake }: Telling): Record<string, string> {
  return {
    '--lineage_path': lineagePath(lake),
    '--lineage_namespace': `assay-${stage.name}`,
    '--catalog_arn': `arn:${Aws.PARTITION}:glue:${Aws.REGION}:${Aws.ACCOUNT_ID}`,
  };
}

/** Putting events below the prefix; never reading them. */
export function allowLineage(who: IGrantable, lake: LakeStack): void {
  allow(who, ['s3:PutObject'], [lake.buckets.silver.arnForObjects(`${PREFIX}*`)]);
  allowKey(who, lake.key);
}

function lineagePath(lake: LakeStack): string {
  return `s3://${lake.buckets.silver.bucketName}/${PREFIX.slice(0, -1)}`;
}
