import type { IGrantable } from 'aws-cdk-lib/aws-iam';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { allow } from './access';
import type { Warehouse } from './warehouse';

/** How a function finds the warehouse; as the administrator, or as itself with the database role of its tag. */
export function warehouseVariables(warehouse: Warehouse, as: 'admin' | 'itself'): Record<string, string> {
  const secret = as === 'admin' ? warehouse.adminSecretName : undefined;
  return {
    WAREHOUSE_WORKGROUP: warehouse.workgroupName,
    WAREHOUSE_DATABASE: warehouse.database,
    ...(secret !== undefined && { WAREHOUSE_SECRET: secret }),
  };
}

/** Running statements and reading the outcome of one's own; the service names a statement's owner, not the statement. */
export function allowStatements(who: IGrantable, { workgroupArn }: Warehouse): void {
  const run = ['redshift-data:ExecuteStatement', 'redshift-data:BatchExecuteStatement', 'redshift-serverless:GetCredentials'];
  allow(who, run, [workgroupArn]);
  who.grantPrincipal.addToPrincipalPolicy(
    new PolicyStatement({
      actions: ['redshift-data:DescribeStatement', 'redshift-data:GetStatementResult'],
      resources: ['*'],
      conditions: { StringEquals: { 'redshift-data:statement-owner-iam-userid': '${aws:userid}' } },
    }),
  );
}
