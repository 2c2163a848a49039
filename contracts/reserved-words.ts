/**
 * Words that Trino, PostgreSQL, Spark, Redshift or Snowflake would not take for a column's name without quotes, which each of
 * them writes in another way. Sources: trino.io/docs/current/language/reserved.html,
 * postgresql.org/docs/current/sql-keywords-appendix.html, docs.aws.amazon.com/redshift/latest/dg/r_pg_keywords.html,
 * docs.snowflake.com/en/sql-reference/reserved-keywords
 */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  `all alter analyse analyze and any array as asc asymmetric authorization between binary both by case cast check collate
  column connect constraint create cross cube current current_catalog current_date current_path current_role current_schema
  current_time current_timestamp current_user deallocate default deferrable delete desc describe distinct do drop else end
  escape except execute exists extract false fetch following for foreign freeze from full grant group grouping having ilike in
  increment initially inner insert intersect into is isnull join lateral leading left like limit listagg localtime
  localtimestamp minus natural normalize not notnull null of offset on only open or order outer overlaps partition percent
  permissions placing prepare primary qualify raw recursive references regexp returning revoke right rlike rollup row rows
  sample select session_user set similar skip some start symmetric sysdate system table tablesample tag then timestamp to top
  trailing trigger trim true try_cast uescape union unique unnest update user using values variadic verbose wallet when
  whenever where window with without`.split(/\s+/),
);
