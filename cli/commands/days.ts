import { InvalidArgumentError } from 'commander';

/** An option's value as a day of the calendar, YYYY-MM-DD. */
export function day(text: string): string {
  const time = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00Z`) : NaN;
  // 31 February would become a day in March.
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('expected a day as YYYY-MM-DD.');
  return text;
}
