/**
 * Words that Trino, PostgreSQL, Spark or Redshift would not take for a column's name without quotes, which each of them
 * writes in another way. Sources: trino.io/docs/current/language/reserved.html,
 * postgresql.org/docs/current/sql-keywords-appendix.html, docs.aws.amazon.com/redshift/latest/dg/r_pg_keywords.html
 */
export const RESERVED_WORDS: ReadonlySet<string> = new Set(
  `all alter analyse analyze and any array as asc asymmetric authorization between binary both by case cast check collate
  column constraint create cross cube current_catalog current_date current_path current_role current_schema current_time
  current_timestamp current_user deallocate default deferrable delete desc describe distinct do drop else end escape except
  execute exists extract false fetch for foreign freeze from full grant group grouping having ilike in initially inner insert
  intersect into is isnull join lateral leading left like limit listagg localtime localtimestamp minus natural normalize not
  notnull null offset on only open or order outer overlaps partition percent permissions placing prepare primary raw
  recursive references returning right rollup select session_user similar skip some symmetric sysdate system table tag then
  timestamp to top trailing trim true uescape union unique unnest user using values variadic verbose wallet when where window
  with without`.split(/\s+/),
);
