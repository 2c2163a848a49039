import type { ColumnType } from './sql-api';

const MS_OF_A_DAY = 86_400_000;

/**
 * A value as `query --json` has it: integers that JavaScript holds exactly and booleans as such, all else as text; days and
 * moments in ISO 8601. The SQL API writes a day as days, a moment as seconds since 1970, with an offset in minutes after it.
 * Source: https://docs.snowflake.com/en/developer-guide/sql-api/handling-responses
 */
export function valueOf(text: string | null, column: ColumnType | undefined): unknown {
  if (text === null) return null;
  switch (column?.type.toLowerCase()) {
    case 'fixed':
      return (column.scale ?? 0) === 0 && Number.isSafeInteger(Number(text)) ? Number(text) : text;
    case 'boolean':
      return text === 'true' || text === '1';
    case 'date':
      return new Date(Number(text) * MS_OF_A_DAY).toISOString().slice(0, 10);
    case 'timestamp_ntz':
      return moment(text);
    case 'timestamp_ltz':
    case 'timestamp_tz':
      return `${moment(text.split(' ')[0] ?? text)}Z`;
    default:
      return text;
  }
}

/** To the microsecond, as far as it has any; in UTC. */
function moment(seconds: string): string {
  const [whole = '0', fraction = ''] = seconds.split('.');
  // Before 1970 the fraction counts backwards, too.
  const isBefore = seconds.startsWith('-') && Number(fraction) > 0;
  const second = Number(whole) - (isBefore ? 1 : 0);
  const nanos = isBefore ? 1_000_000_000 - Number(fraction.padEnd(9, '0')) : Number(fraction.padEnd(9, '0'));
  const shown = String(nanos).padStart(9, '0').replace(/0+$/, '');
  return new Date(second * 1000).toISOString().slice(0, 19) + (shown === '' ? '' : `.${shown}`);
}
