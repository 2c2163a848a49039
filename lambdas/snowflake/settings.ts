import { z } from 'zod';
import { snowflakeSecret } from './secret';
import type { SnowflakeSession } from './sql-api';

const Settings = z.object({
  SNOWFLAKE_URL: z.url(),
  SNOWFLAKE_ACCOUNT: z.string().min(1),
  SNOWFLAKE_DATABASE: z.string().min(1),
  SNOWFLAKE_WAREHOUSE: z.string().min(1),
  SNOWFLAKE_ROLE: z.string().min(1),
  SNOWFLAKE_SECRET_ARN: z.string().min(1),
});

/** Whom the function speaks to, from its environment. */
export function snowflakeSettings(): SnowflakeSession {
  const variables = Settings.parse(process.env);
  return {
    url: variables.SNOWFLAKE_URL,
    account: variables.SNOWFLAKE_ACCOUNT,
    database: variables.SNOWFLAKE_DATABASE,
    warehouse: variables.SNOWFLAKE_WAREHOUSE,
    role: variables.SNOWFLAKE_ROLE,
    secret: (options) => snowflakeSecret(variables.SNOWFLAKE_SECRET_ARN, options),
  };
}
