import type { RowCounts } from '../../contracts/run';

/** What one customer has spent; money in cents, dates in ISO. */
export interface Spending {
  readonly cents: number;
  readonly first: string;
  readonly last: string;
}

/** What must be in the tables, known from writing the files and from nowhere else. */
export interface Truth {
  /** How many purchases are published. */
  readonly purchases: number;
  readonly customers: ReadonlyMap<string, Spending>;
}

export interface DayTruth extends Truth {
  readonly rows: RowCounts;
}

export function together(one: Spending | undefined, other: Spending): Spending {
  if (one === undefined) return other;
  const first = one.first < other.first ? one.first : other.first;
  const last = one.last > other.last ? one.last : other.last;
  return { cents: one.cents + other.cents, first, last };
}

/** Of several days. */
export function allDays(days: readonly Truth[]): Truth {
  const customers = new Map<string, Spending>();
  for (const day of days) {
    for (const [id, spending] of day.customers) customers.set(id, together(customers.get(id), spending));
  }
  return { purchases: days.reduce((sum, day) => sum + day.purchases, 0), customers };
}

export function totalCents({ customers }: Truth): number {
  return [...customers.values()].reduce((sum, { cents }) => sum + cents, 0);
}

/** 1234 → 12.34, as the database writes it. */
export function money(cents: number): string {
  return `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
}
