/** The database that sql/snowflake makes; stages have accounts of their own. */
export const SNOWFLAKE_DATABASE = 'ASSAY';

/** The users of sql/snowflake/02_access.sql, each with a role, a warehouse and a secret of its own. */
export const SNOWFLAKE_USERS = {
  loader: { user: 'ASSAY_LOADER_USER', role: 'ASSAY_LOADER', warehouse: 'ASSAY_LOADING' },
  transformer: { user: 'ASSAY_TRANSFORMER_USER', role: 'ASSAY_TRANSFORMER', warehouse: 'ASSAY_TRANSFORMING' },
  reader: { user: 'ASSAY_READER_USER', role: 'ASSAY_READER', warehouse: 'ASSAY_READING' },
} as const;
export type SnowflakeUser = keyof typeof SNOWFLAKE_USERS;
