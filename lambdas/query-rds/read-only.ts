import type { Client, CustomTypesConfig } from 'pg';
import { MAX_ROWS, refuseTooMany, type QueryResult } from '../query/result';

const STATEMENT_TIMEOUT = '30s';

const asText = (text: string | Buffer): string => text.toString();
const BOOLEAN = 16;
const NUMBERS = [21, 23, 700, 701];

/** Booleans and int2, int4, float4 and float8 have an exact JavaScript value; all other types stay PostgreSQL's text. */
export const EXACT_TYPES: CustomTypesConfig = {
  getTypeParser: (oid: number) => {
    if (oid === BOOLEAN) return (text: string | Buffer): boolean => asText(text) === 't';
    return NUMBERS.includes(oid) ? (text: string | Buffer): number => Number(asText(text)) : asText;
  },
};

/**
 * One SELECT in a read-only transaction. A cursor admits nothing but SELECT and VALUES and bounds what is fetched; prepared
 * under a name, the text cannot hold a second statement.
 */
export async function queryReadOnly(client: Client, sql: string): Promise<QueryResult> {
  await client.query(`begin read only; set local statement_timeout = '${STATEMENT_TIMEOUT}'; set local time zone 'UTC'`);
  await client.query({ name: 'answer', text: `declare answer no scroll cursor for\n${sql}` });
  const { fields, rows } = await client.query<unknown[]>({
    text: `fetch ${MAX_ROWS + 1} from answer`,
    rowMode: 'array',
  });
  refuseTooMany(rows);
  return { columns: fields.map(({ name }) => name), rows };
}
