import type { Random } from './random';

/** All in percent of an ordinary day. From Sunday. */
const WEEKDAYS = [114, 92, 90, 94, 100, 106, 104];
/** From January; June has the sales at the end of the Australian financial year. */
const MONTHS = [88, 86, 93, 95, 99, 110, 97, 94, 96, 101, 120, 138];
/** Days that are not as their month is, by MM-DD: the sales of late November, Christmas, Boxing Day. */
const DAYS: Readonly<Record<string, number>> = { '11-27': 150, '11-30': 140, '12-24': 70, '12-25': 40, '12-26': 160 };
const ORDINARY = 2400;

/** By hour of UTC, which in Sydney is ten later: few at night there, most in the evening. */
const HOURS = [12, 13, 14, 13, 12, 12, 13, 15, 19, 22, 23, 19, 12, 7, 3, 2, 1, 1, 1, 2, 4, 7, 10, 11];

/** How many transactions the day has; `day` is YYYY-MM-DD. */
export function transactionsOf(day: string, random: Random): number {
  const weekday = WEEKDAYS[new Date(`${day}T00:00:00Z`).getUTCDay()] ?? 100;
  const month = MONTHS[Number(day.slice(5, 7)) - 1] ?? 100;
  const special = DAYS[day.slice(5)] ?? 100;
  return Math.floor((ORDINARY * weekday * month * special * random.between(95, 105)) / 100 ** 4);
}

/** The seconds of the day at which so many things happen, in order. */
export function secondsOf(count: number, random: Random): number[] {
  const seconds = Array.from({ length: count }, () => random.weighted(HOURS) * 3600 + random.between(0, 3599));
  return seconds.sort((one, other) => one - other);
}
