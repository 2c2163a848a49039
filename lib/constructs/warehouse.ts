import type { IGrantable } from 'aws-cdk-lib/aws-iam';

/** A Redshift that answers the Data API. */
export interface Warehouse {
  readonly workgroupName: string;
  readonly workgroupArn: string;
  readonly database: string;
  /** Name of the administrator's secret. Absent: whoever may call the Data API may do all. */
  readonly adminSecretName?: string;
  /** Lets a function speak as the administrator. */
  readonly allowAdmin: (who: IGrantable) => void;
}

/** The one database of a warehouse. */
export const WAREHOUSE_DATABASE = 'warehouse';
