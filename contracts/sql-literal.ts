/** A text in the SQL of Redshift and Snowflake, which both take a backslash for the beginning of an escape. */
export function literal(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "''")}'`;
}
