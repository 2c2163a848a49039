import { CfnParameter, type Stack } from 'aws-cdk-lib';
import type { Snowflake } from './snowflake';

/**
 * Where the account is, by parameters of the stack whose functions go there: what another stack exported could not be changed
 * while they use it.
 */
export function snowflakeAddress(stack: Stack): Pick<Snowflake, 'url' | 'account'> {
  const account = new CfnParameter(stack, 'SnowflakeAccountName', {
    description: 'ORGANIZATION-ACCOUNT, as Snowflake itself shows it',
    default: 'ORGANIZATION-ACCOUNT',
    allowedPattern: '^[A-Za-z0-9_.-]+$',
  });
  const url = new CfnParameter(stack, 'SnowflakeAddress', {
    description: 'https://ORGANIZATION-ACCOUNT.snowflakecomputing.com; by PrivateLink another one',
    default: 'https://organization-account.snowflakecomputing.com',
    allowedPattern: '^https?://[A-Za-z0-9_.:-]+$',
  });
  return { url: url.valueAsString, account: account.valueAsString };
}
