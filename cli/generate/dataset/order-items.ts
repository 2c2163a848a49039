import type { Random } from '../random';
import type { Row } from '../row';
import type { World } from '../world';
import { drawnFate, numberText, type Dataset, type Fact, type Fate } from './dataset';
import { LINES, Orders, type Line, type OrderHead } from './order';

/** A row per order and line. */
export class OrderItemsDataset implements Dataset {
  readonly name = 'order_items';
  readonly kinds = {
    order_id: 'text',
    line_number: 'integer',
    product_id: 'text',
    ordered_at: 'moment',
    quantity: 'integer',
    unit_price: 'amount',
    discount_amount: 'amount',
    line_amount: 'amount',
  } as const;
  readonly breakers = {
    amount_adds_up: (row: Row, random: Random): Row => ({
      ...row,
      line_amount: Number(row['line_amount']) + random.between(1, 10_000),
    }),
  };
  readonly fateOf: (index: number) => Fate;
  private readonly orders: Orders;

  constructor(private readonly world: World) {
    this.fateOf = drawnFate(world.random('order_items fate'), 0.01, 0.01);
    this.orders = new Orders(world);
  }

  *facts(batch: number, wants: (index: number) => boolean): Generator<Fact> {
    for (const order of this.orders.headsOfBatch(batch)) {
      const month = this.world.month(order.day);
      for (let line = 0; line < order.lines; line += 1) {
        const index = order.number * LINES + line;
        if (wants(index)) yield { index, row: rowOf(order, line, this.orders.line(order, line, month)) };
      }
    }
  }

  mistaken({ row }: Fact): Row {
    return this.varied(row);
  }

  /** One piece more. */
  varied(row: Row): Row {
    return {
      ...row,
      quantity: Number(row['quantity']) + 1,
      line_amount: Number(row['line_amount']) + Number(row['unit_price']),
    };
  }
}

/** What is paid for the line, in cents. */
export function amountOf({ quantity, price, discount }: Line): number {
  return quantity * price - discount;
}

function rowOf(order: OrderHead, number: number, line: Line): Row {
  return {
    order_id: orderId(order.number),
    line_number: number + 1,
    product_id: numberText('P', 6, line.product + 1),
    ordered_at: order.moment,
    quantity: line.quantity,
    unit_price: line.price,
    discount_amount: line.discount,
    line_amount: amountOf(line),
  };
}

export function orderId(number: number): string {
  return numberText('O', 9, number + 1);
}
