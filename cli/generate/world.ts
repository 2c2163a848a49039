import { type Calendar, calendarOf, dateOf } from './calendar';
import { Customers } from './dataset/customer';
import { Products } from './dataset/product';
import { Random } from './random';
import { Allocation, busyness } from './season';
import type { Sizes } from './sizes';

/** What the data is a function of. */
export interface Plan {
  readonly seed: number;
  readonly sizes: Sizes;
  /** The first and the last day, as YYYY-MM-DD. */
  readonly from: string;
  readonly to: string;
  readonly batches: number;
}

/** The values that a column may have, from its contract. */
export type Allowed = (dataset: string, column: string) => readonly string[];

/** The shop: its calendar, and who and what there is on each day. Holds a few numbers a day, and nothing a row. */
export class World {
  readonly calendar: Calendar;
  readonly customers: Customers;
  readonly products: Products;
  readonly orders: Allocation;
  readonly visits: Allocation;
  private readonly months: Uint8Array;

  constructor(
    readonly plan: Plan,
    readonly allowed: Allowed,
  ) {
    const { sizes } = plan;
    this.calendar = calendarOf(plan);
    const { first } = this.calendar;
    const weights = busyness(first, this.calendar.days);
    this.months = Uint8Array.from(weights, (_, day) => Number(dateOf(first + day).slice(5, 7)) - 1);
    this.customers = new Customers(this, sizes.customers);
    this.products = new Products(this, sizes.products);
    this.orders = new Allocation(sizes.orders, weights);
    this.visits = new Allocation(sizes.webEvents, weights);
  }

  random(subject: string): Random {
    return Random.about(subject, this.plan.seed);
  }

  /** 0 for January, of a day counted from the first. */
  month(day: number): number {
    return this.months[day] ?? 0;
  }
}
