/** Days are whole numbers since 1970-01-01, moments milliseconds since then; all in UTC, so no time zone plays a part. */
export const DAY = 86_400_000;

export function dayOf(date: string): number {
  return Date.parse(`${date}T00:00:00Z`) / DAY;
}

export function dateOf(day: number): string {
  return new Date(day * DAY).toISOString().slice(0, 10);
}

/** The period of a plan, its first and last day as YYYY-MM-DD. */
export function calendarOf({
  from,
  to,
  batches,
}: {
  readonly from: string;
  readonly to: string;
  readonly batches: number;
}): Calendar {
  return new Calendar(dayOf(from), dayOf(to) - dayOf(from) + 1, batches);
}

/** The days from `first` on, cut into batches of nearly the same length; day 0 is `first`. */
export class Calendar {
  constructor(
    readonly first: number,
    readonly days: number,
    readonly batches: number,
  ) {}

  /** The batch's days, counted from `first`; `end` is the day after the last. */
  batch(number: number): { readonly start: number; readonly end: number } {
    return { start: this.cut(number), end: this.cut(number + 1) };
  }

  /** The batch that a day of the period falls into; the first for all days before. */
  batchOf(day: number): number {
    if (day < 0) return 0;
    let batch = Math.min(this.batches - 1, Math.floor((day * this.batches) / this.days));
    while (batch > 0 && this.cut(batch) > day) batch -= 1;
    while (batch < this.batches - 1 && this.cut(batch + 1) <= day) batch += 1;
    return batch;
  }

  /** The moment at which a day counted from `first` begins. */
  moment(day: number): number {
    return (this.first + day) * DAY;
  }

  private cut(number: number): number {
    return Math.round((this.days * number) / this.batches);
  }
}
