import type { ResultSet } from '@aws-sdk/client-athena';
import type { QueryResult } from '../aws/query-function';

export type Page = Pick<ResultSet, 'Rows' | 'ResultSetMetadata'>;

/** Numbers that JavaScript holds exactly, or that are not exact anyway; bigint, decimal and dates stay text. */
const NUMBERS = new Set(['tinyint', 'smallint', 'integer', 'int', 'float', 'real', 'double']);

/** Athena's pages as one result. The first row of a SELECT's first page repeats the column names. */
export function resultOf(pages: readonly Page[]): QueryResult {
  const info = pages[0]?.ResultSetMetadata?.ColumnInfo ?? [];
  const columns = info.map(({ Label: label, Name: name }) => label ?? name ?? '');
  const types = info.map(({ Type: type = 'varchar' }) => type.toLowerCase());
  const texts = pages.flatMap(({ Rows: rows = [] }) =>
    rows.map(({ Data: cells = [] }) => columns.map((_, index) => cells[index]?.VarCharValue)),
  );
  const isHead = columns.every((name, index) => texts[0]?.[index] === name);
  const rows = (isHead ? texts.slice(1) : texts).map((row) => row.map((text, index) => valueOf(text, types[index])));
  return { columns, rows };
}

function valueOf(text: string | undefined, type: string | undefined): unknown {
  if (text === undefined) return null;
  if (type === 'boolean') return text.toLowerCase() === 'true';
  if (type === undefined || !NUMBERS.has(type)) return text;
  const number = Number(text);
  // JSON has no NaN and no infinity.
  return Number.isFinite(number) ? number : text;
}
