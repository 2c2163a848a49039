import type { Client, CustomTypesConfig } from 'pg';
import { types } from 'pg';
import { TooManyRows } from '../../contracts/errors';

export interface QueryResult {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

/** Beyond this an answer would come near Lambda's limit of 6 MB. */
export const MAX_ROWS = 10_000;
const STATEMENT_TIMEOUT = '30s';

/** Types with an exact JavaScript value: boolean, int2, int4, float4, float8. All others stay PostgreSQL's text. */
const NATIVE_TYPES = new Set([16, 21, 23, 700, 701]);

export const EXACT_TYPES: CustomTypesConfig = {
  getTypeParser: (oid: number) =>
    NATIVE_TYPES.has(oid) ? types.getTypeParser(oid) : (text: string | Buffer) => text.toString(),
};

/**
 * One SELECT in a read-only transaction. A cursor admits nothing but SELECT and VALUES and bounds what is fetched; prepared
 * under a name, the text cannot hold a second statement.
 */
export async function queryReadOnly(client: Client, sql: string): Promise<QueryResult> {
  await client.query(`begin read only; set local statement_timeout = '${STATEMENT_TIMEOUT}'; set local time zone 'UTC'`);
  await client.query({ name: 'answer', text: `declare answer no scroll cursor for\n${sql}` });
  const { fields, rows } = await client.query<unknown[]>({ text: `fetch ${MAX_ROWS + 1} from answer`, rowMode: 'array' });
  if (rows.length > MAX_ROWS) throw new TooManyRows(`the answer has more than ${MAX_ROWS} rows; add a limit`);
  return { columns: fields.map(({ name }) => name), rows };
}
