import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';

/** The database that sql/snowflake makes; stages have accounts of their own. */
export const SNOWFLAKE_DATABASE = 'ASSAY';

/** The users of sql/snowflake/02_access.sql, each with a role, a warehouse and a secret of its own. */
export const SNOWFLAKE_USERS = {
  loader: { user: 'ASSAY_LOADER_USER', role: 'ASSAY_LOADER', warehouse: 'ASSAY_LOADING' },
  transformer: { user: 'ASSAY_TRANSFORMER_USER', role: 'ASSAY_TRANSFORMER', warehouse: 'ASSAY_TRANSFORMING' },
  reader: { user: 'ASSAY_READER_USER', role: 'ASSAY_READER', warehouse: 'ASSAY_READING' },
} as const;
export type SnowflakeUser = keyof typeof SNOWFLAKE_USERS;

/** A Snowflake account, and how to get there. */
export interface Snowflake {
  /** https://<organization>-<account>.snowflakecomputing.com */
  readonly url: string;
  readonly account: string;
  /** JSON {user, privateKey}, one a user. */
  readonly secrets: Readonly<Record<SnowflakeUser, ISecret>>;
  /** From where it is reached. */
  readonly network: SnowflakeNetwork;
}

export interface SnowflakeNetwork {
  readonly vpc: IVpc;
  readonly subnets: readonly ISubnet[];
  readonly clients: ISecurityGroup;
}

/** How a function finds the account, as one of its users. */
export function snowflakeVariables({ url, account, secrets }: Snowflake, as: SnowflakeUser): Record<string, string> {
  const { role, warehouse } = SNOWFLAKE_USERS[as];
  return {
    SNOWFLAKE_URL: url,
    SNOWFLAKE_ACCOUNT: account,
    SNOWFLAKE_DATABASE,
    SNOWFLAKE_WAREHOUSE: warehouse,
    SNOWFLAKE_ROLE: role,
    SNOWFLAKE_SECRET_ARN: secrets[as].secretArn,
  };
}
