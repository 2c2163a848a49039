import type { Random } from '../random';
import type { Row } from '../row';
import type { World } from '../world';
import { drawnFate, type Dataset, type Fact, type Fate } from './dataset';
import { LINES, Orders, type Order } from './order';
import { amountOf, orderId, type OrderItemsDataset } from './order-items';

const FREE_SHIPPING_CENTS = 10_000;
const SHIPPING_CENTS = 995;
/** Before it came to its end. */
const EARLIER_STATUS: Readonly<Record<string, string>> = {
  paid: 'placed',
  shipped: 'paid',
  delivered: 'shipped',
  placed: 'paid',
};

/** A row per order. It is sent again when its status moved on, or when one of its items was mended. */
export class OrdersDataset implements Dataset {
  readonly name = 'orders';
  readonly kinds = {
    order_id: 'text',
    customer_id: 'text',
    ordered_at: 'moment',
    status: 'text',
    channel: 'text',
    payment_method: 'text',
    ship_city: 'text',
    ship_state: 'text',
    ship_postal_code: 'text',
    ship_country: 'text',
    item_count: 'integer',
    shipping_amount: 'amount',
    order_amount: 'amount',
  } as const;
  readonly breakers = {
    shipping_within_amount: (row: Row, random: Random): Row => ({
      ...row,
      shipping_amount: Number(row['order_amount']) + random.between(1, 5_000),
    }),
  };
  private readonly orders: Orders;
  private readonly ownFate: (index: number) => Fate;

  constructor(
    private readonly world: World,
    private readonly items: OrderItemsDataset,
  ) {
    this.orders = new Orders(world);
    this.ownFate = drawnFate(world.random('orders fate'), 0.01, 0.03);
  }

  *facts(batch: number, wants: (index: number) => boolean): Generator<Fact> {
    for (const order of this.orders.ofBatch(batch))
      if (wants(order.number)) yield { index: order.number, row: this.rowOf(order) };
  }

  fateOf(index: number): Fate {
    const fate = this.ownFate(index);
    return fate === 'on time' && this.mendedLines(index).length > 0 ? 'corrected' : fate;
  }

  mistaken({ index, row }: Fact): Row {
    const mended = this.mendedLines(index);
    const order = this.orders.numbered(index);
    const month = this.world.month(order.day);
    const more = mended.map((line) => this.orders.line(order, line, month).price).reduce((sum, cents) => sum + cents, 0);
    const amount = Number(row['order_amount']) + more;
    return this.ownFate(index) === 'corrected'
      ? { ...this.varied(row), order_amount: amount }
      : { ...row, order_amount: amount };
  }

  /** In an earlier status. */
  varied(row: Row): Row {
    return { ...row, status: EARLIER_STATUS[String(row['status'])] ?? 'shipped' };
  }

  private mendedLines(index: number): number[] {
    const { lines } = this.orders.numbered(index);
    return Array.from({ length: lines }, (_, line) => line).filter(
      (line) => this.items.fateOf(index * LINES + line) === 'corrected',
    );
  }

  private rowOf(order: Order): Row {
    const customer = this.world.customers.at(this.orders.customerOf(order), order.moment);
    const month = this.world.month(order.day);
    let goods = 0;
    for (let line = 0; line < order.lines; line += 1) goods += amountOf(this.orders.line(order, line, month));
    const isShipped = order.channel !== 'store' && goods < FREE_SHIPPING_CENTS;
    const shipping = isShipped ? SHIPPING_CENTS : 0;
    return {
      order_id: orderId(order.number),
      customer_id: customer.customer_id,
      ordered_at: order.moment,
      status: order.status,
      channel: order.channel,
      payment_method: order.payment,
      ship_city: customer.city,
      ship_state: customer.state,
      ship_postal_code: customer.postal_code,
      ship_country: customer.country,
      item_count: order.lines,
      shipping_amount: shipping,
      order_amount: goods + shipping,
    };
  }
}
