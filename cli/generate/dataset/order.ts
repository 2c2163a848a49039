import type { Random } from '../random';
import { secondOf } from '../season';
import { Weighted } from '../weighted';
import type { World } from '../world';

/** What an order's lines need to know of it. */
export interface OrderHead {
  readonly number: number;
  /** Counted from the first of the period. */
  readonly day: number;
  readonly moment: number;
  readonly lines: number;
}

export interface Order extends OrderHead {
  readonly channel: string;
  readonly payment: string | null;
  readonly status: string;
}

/** An order has fewer lines, so that order × this + line numbers them all. */
export const LINES = 8;
/** About 2.5 lines an order. */
const COUNTS = Weighted.by([1, 2, 3, 4, 5, 6], [27, 30, 21, 12, 6, 4]);
const QUANTITIES = Weighted.by([1, 2, 3, 4, 5, 10], [70, 19, 6, 3, 1, 1]);
const DISCOUNTS = Weighted.by([0, 5, 10, 15, 20, 30], [68, 9, 11, 5, 5, 2]);
const CHANNELS = Weighted.by(['web', 'app', 'store', 'phone'], [34, 16, 43, 7]);
const SETTLED = Weighted.by(['delivered', 'returned', 'cancelled'], [90, 5, 5]);
const UNDER_WAY = Weighted.by(['placed', 'paid', 'shipped', 'delivered'], [15, 25, 35, 25]);
const DAYS_UNDER_WAY = 5;

/** In cents. */
export interface Line {
  readonly product: number;
  readonly quantity: number;
  readonly price: number;
  readonly discount: number;
}

/** What is ordered; orders are numbered in the order of their moments. */
export class Orders {
  private readonly heads: Random;
  private readonly buyers: Random;
  private readonly lines: Random;
  private readonly payments: Weighted<string>;

  constructor(private readonly world: World) {
    this.heads = world.random('order');
    this.buyers = world.random('order buyer');
    this.lines = world.random('order line');
    this.payments = Weighted.by(world.allowed('orders', 'payment_method'), [70, 18, 8, 4]);
  }

  /** Those of the batch's days, without amounts. */
  *ofBatch(batch: number): Generator<Order> {
    const { start, end } = this.world.calendar.batch(batch);
    for (let day = start; day < end; day += 1) yield* this.ofDay(day);
  }

  /** Without what is drawn for the order itself alone: there are more lines than anything else. */
  *headsOfBatch(batch: number): Generator<OrderHead> {
    const { calendar, orders } = this.world;
    const { start, end } = calendar.batch(batch);
    for (let day = start; day < end; day += 1) {
      const [first, after] = [orders.before(day), orders.before(day + 1)];
      for (let number = first; number < after; number += 1) yield this.head(number, day, first, after - first);
    }
  }

  *ofDay(day: number): Generator<Order> {
    const { orders } = this.world;
    const [first, after] = [orders.before(day), orders.before(day + 1)];
    for (let number = first; number < after; number += 1) yield this.order(number, day, first, after - first);
  }

  numbered(number: number): Order {
    const { orders } = this.world;
    const day = orders.dayOf(number);
    return this.order(number, day, orders.before(day), orders.before(day + 1) - orders.before(day));
  }

  customerOf({ number, day }: Order): number {
    return this.world.customers.pick(day, this.buyers.at(number));
  }

  line(order: OrderHead, line: number, month: number): Line {
    const random = this.lines.at(order.number * LINES + line);
    const quantity = QUANTITIES.pick(random);
    const percent = DISCOUNTS.pick(random);
    const product = this.world.products.pick(order.day, month, random);
    const price = this.world.products.priceAt(product, order.moment);
    return { product, quantity, price, discount: Math.floor((price * quantity * percent) / 100) };
  }

  private head(number: number, day: number, first: number, count: number): OrderHead {
    const random = this.heads.at(number);
    const second = secondOf((number - first + random.next()) / count);
    return { number, day, moment: this.world.calendar.moment(day) + second * 1000, lines: COUNTS.pick(random) };
  }

  private order(number: number, day: number, first: number, count: number): Order {
    const head = this.head(number, day, first, count);
    // Goes on with the numbers that the head began.
    const random = this.heads;
    const isUnderWay = day >= this.world.calendar.days - DAYS_UNDER_WAY;
    return {
      ...head,
      channel: CHANNELS.pick(random),
      status: (isUnderWay ? UNDER_WAY : SETTLED).pick(random),
      payment: random.next() < 0.02 ? null : this.payments.pick(random),
    };
  }
}
