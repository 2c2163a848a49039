import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IRole } from 'aws-cdk-lib/aws-iam';

/** A Redshift that answers the Data API. */
export interface Warehouse {
  readonly workgroupName: string;
  readonly database: string;
  /** Absent where the warehouse is not ours: then there is nothing to grant. */
  readonly managed?: ManagedWarehouse;
}

/** What of a warehouse of our own is granted. */
export interface ManagedWarehouse {
  readonly workgroupArn: string;
  /** Of the administrator, whose password AWS keeps and rotates; no function but the migration reads it. */
  readonly adminSecretArn: string;
  readonly key: IKey;
  /** In whose name COPY reads the lake. */
  readonly copyRole: IRole;
}
