import type { ISecurityGroup, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/** A PostgreSQL to load into: where it is and who may enter is in its secret. */
export interface PostgresDatabase {
  /** JSON: engine, host, port, username, password, dbname; sslmode where it is not verify-full. */
  readonly secret: ISecret;
  /** The VPC it can be reached from, and the group its clients carry. Absent: it is reached from anywhere. */
  readonly network?: DatabaseNetwork;
}

export interface DatabaseNetwork {
  readonly vpc: IVpc;
  readonly clients: ISecurityGroup;
}
