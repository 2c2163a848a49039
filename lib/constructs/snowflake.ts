import type { ISecurityGroup, ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { SNOWFLAKE_DATABASE, SNOWFLAKE_USERS, type SnowflakeUser } from '../../contracts/snowflake-users';

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
