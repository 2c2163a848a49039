import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, ProjectionType, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import type { Stage } from '../stages';

export interface LedgerProps {
  readonly stage: Stage;
  readonly key: IKey;
}

/** One item per file version and one per content: who claimed it, what became of it. */
export class Ledger extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, props: LedgerProps) {
    super(scope, id);
    const { stage, key } = props;
    // Not TableV2: with a key of ours it cannot be rendered without knowing the region.
    this.table = new Table(this, 'Table', {
      tableName: `assay-${stage.name}-ledger`,
      partitionKey: { name: 'id', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: key,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      deletionProtection: stage.dataRemoval === RemovalPolicy.RETAIN,
      removalPolicy: stage.dataRemoval,
    });
    this.table.addGlobalSecondaryIndex({
      indexName: 'by-dataset',
      partitionKey: { name: 'dataset', type: AttributeType.STRING },
      sortKey: { name: 'startedAt', type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }
}
