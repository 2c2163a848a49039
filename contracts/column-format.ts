import { COLUMN_DATE_FORMAT, dateSource, readDate } from './calendar-date';

/** How files write the dates and timestamps of a column, in JDK's letters, as Spark reads them. */

/** After the date: the time to the second or millisecond, and the offset (`Z` or `+10:00`); without one it is UTC. */
const TIME = /('T'| )HH:mm:ss(\.SSS)?(XXX)?$/;
/** As far from UTC as JDK knows. */
const OFFSET = '(Z|[+-](?:(?:0[0-9]|1[0-7]):[0-5][0-9]|18:00))';
const LAST = Date.parse('9999-12-31T23:59:59.999Z');
const FIRST = Date.parse('0001-01-01T00:00:00Z');

export const ISO_TIMESTAMP = "yyyy-MM-dd'T'HH:mm:ssXXX";

export function isColumnFormat(format: string): boolean {
  return COLUMN_DATE_FORMAT.test(format.replace(TIME, ''));
}

/** A timestamp's format in its parts: that of the date, what stands before the time, and what else is written after seconds. */
export interface TimestampParts {
  readonly date: string;
  readonly separator: string;
  readonly hasMillis: boolean;
  readonly hasOffset: boolean;
}

export function timestampParts(format: string): TimestampParts {
  const [time = '', between = '', millis, offset] = TIME.exec(format) ?? [];
  return {
    date: format.slice(0, format.length - time.length),
    separator: between === ' ' ? ' ' : 'T',
    hasMillis: millis !== undefined,
    hasOffset: offset !== undefined,
  };
}

/** Whether the format is a timestamp's rather than a date's. */
export function hasTime(format: string): boolean {
  return TIME.test(format);
}

/** The moment as ISO 8601 in UTC, to the millisecond; undefined when the text is not written in the format or there is none. */
export function readTimestamp(text: string, format: string): string | undefined {
  const { date: dateFormat, separator, hasMillis, hasOffset } = timestampParts(format);
  const clockSource = `(?:[01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]${hasMillis ? '\\.[0-9]{3}' : ''}`;
  const expression = new RegExp(`^(${dateSource(dateFormat)})${separator}(${clockSource})${hasOffset ? OFFSET : ''}$`);
  const groups = expression.exec(text);
  const date = readDate(groups?.[1] ?? '', dateFormat);
  if (groups === null || date === undefined) return undefined;
  // The date's own groups come before that of the time.
  const [, , , , , clock = '', zone = 'Z'] = groups;
  const moment = Date.parse(`${date}T${clock}${zone}`);
  return moment >= FIRST && moment <= LAST ? new Date(moment).toISOString() : undefined;
}
