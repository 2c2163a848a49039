/**
 * Dates as files write them: year, month and day once each, in any order, with fixed text between. A column's format is
 * JDK's (yyyy-MM-dd, as Spark reads it), a file name's is what people say (YYYYMMDD); both are understood here.
 */
const FIELD = /yyyy|YYYY|MM|dd|DD/g;

/** JDK's `YYYY` is the year of the week and its `DD` the day of the year: in a column both would be wrong in silence. */
export const COLUMN_DATE_FORMAT = /^(?=.*yyyy)(?=.*MM)(?=.*dd)(?!.*(yyyy.*yyyy|MM.*MM|dd.*dd))(yyyy|MM|dd|[-/._ ])+$/;
export const FILE_DATE_FORMAT = /^(?=.*YYYY)(?=.*MM)(?=.*DD)(?!.*(YYYY.*YYYY|MM.*MM|DD.*DD))(YYYY|MM|DD|[-._])+$/;

/** The date as YYYY-MM-DD; undefined when the text is not written in the format or the calendar has no such day. */
export function readDate(text: string, format: string): string | undefined {
  const names = format.match(FIELD) ?? [];
  const values = new RegExp(`^${dateSource(format)}$`).exec(text)?.slice(1) ?? [];
  const parts = new Map(names.map((name, index) => [name.toUpperCase(), values[index] ?? '']));
  const [year = '', month = '', day = ''] = ['YYYY', 'MM', 'DD'].map((name) => parts.get(name));
  return isDay(Number(year), Number(month), Number(day)) ? `${year}-${month}-${day}` : undefined;
}

/** The source of a regular expression that finds what is written in the format, with a group for each part of the date. */
export function dateSource(format: string): string {
  return escapeText(format).replace(FIELD, (field) => `([0-9]{${field.length}})`);
}

/** Text as a regular expression that matches it alone. */
export function escapeText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function isDay(year: number, month: number, day: number): boolean {
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const days = [31, isLeapYear ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  return year >= 1 && day >= 1 && day <= (days[month - 1] ?? 0);
}
