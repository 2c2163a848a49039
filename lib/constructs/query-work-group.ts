import { RemovalPolicy } from 'aws-cdk-lib';
import { CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Stage } from '../stages';

export interface QueryWorkGroupProps {
  readonly stage: Stage;
  readonly results: IBucket;
  readonly key: IKey;
}

/** The Athena workgroup: engine 3, results in our bucket under our key, whatever a client asks for. */
export class QueryWorkGroup extends Construct {
  readonly name: string;

  constructor(scope: Construct, id: string, props: QueryWorkGroupProps) {
    super(scope, id);
    const { stage } = props;
    this.name = `assay-${stage.name}`;
    new CfnWorkGroup(this, 'WorkGroup', {
      name: this.name,
      recursiveDeleteOption: stage.dataRemoval === RemovalPolicy.DESTROY,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        resultConfiguration: {
          outputLocation: `s3://${props.results.bucketName}/results/`,
          encryptionConfiguration: { encryptionOption: 'SSE_KMS', kmsKey: props.key.keyArn },
        },
      },
    });
  }
}
