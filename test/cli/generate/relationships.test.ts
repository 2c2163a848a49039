import { beforeAll, describe, expect, it } from 'vitest';
import { generated, type Generated } from './generated';
import { contract, keyOf, type Cells } from './judging';

let made: Generated;
beforeAll(async () => {
  made = await generated();
});

const all = (dataset: string): Cells[] => made.files[dataset]?.flat() ?? [];

const earliest = (dataset: string, id: string) => {
  const first = new Map<string, string>();
  for (const row of all(dataset)) {
    const [key = '', at = ''] = [row[id], row['changed_at']];
    if ((first.get(key) ?? at) >= at) first.set(key, at);
  }
  return first;
};
const lastBy = (dataset: string) => new Map(all(dataset).map((row) => [keyOf(row, contract(dataset)), row]));

describe('relationships', () => {
  it('hold: who orders is registered, what is ordered is launched and on sale, at its price of the time', () => {
    const customers = earliest('customers', 'customer_id');
    const products = earliest('products', 'product_id');
    const versions = [...lastBy('products').values()].sort((a, b) =>
      String(a['changed_at']).localeCompare(String(b['changed_at'])),
    );
    const orders = lastBy('orders');
    for (const row of orders.values())
      expect(String(customers.get(row['customer_id'] ?? '')) < String(row['ordered_at'])).toBe(true);
    for (const item of lastBy('order_items').values()) {
      expect(orders.get(item['order_id'] ?? '')?.['ordered_at']).toBe(item['ordered_at']);
      expect(String(products.get(item['product_id'] ?? '')) < String(item['ordered_at'])).toBe(true);
    }
    for (const item of [...lastBy('order_items').values()].slice(0, 300)) {
      const version = versions.findLast(
        (row) => row['product_id'] === item['product_id'] && String(row['changed_at']) <= String(item['ordered_at']),
      );
      expect([version?.['unit_price'], version?.['is_active']]).toEqual([item['unit_price'], 'true']);
    }
  });

  it('hold: an order is its items and the shipping', () => {
    const cents = (text = '') => Number(text.replace('.', ''));
    const goods = new Map<string, [cents: number, items: number]>();
    for (const { order_id: id = '', line_amount: amount } of lastBy('order_items').values()) {
      const [sum, count] = goods.get(id) ?? [0, 0];
      goods.set(id, [sum + cents(amount), count + 1]);
    }
    for (const row of lastBy('orders').values())
      expect([cents(row['order_amount']) - cents(row['shipping_amount']), Number(row['item_count'])]).toEqual(
        goods.get(row['order_id'] ?? ''),
      );
  });

  it('hold: a purchase is at the moment of its order, and a session goes down the funnel', () => {
    const orders = lastBy('orders');
    const sessions = new Map<string, Cells[]>();
    for (const row of lastBy('web_events').values()) {
      const id = row['session_id'] ?? '';
      sessions.set(id, [...(sessions.get(id) ?? []), row]);
      if (row['event_type'] === 'purchase') {
        const order = orders.get(row['order_id'] ?? '');
        expect([order?.['ordered_at'], order?.['customer_id']]).toEqual([row['occurred_at'], row['customer_id']]);
      }
    }
    const reaching = (type: string) =>
      [...sessions.values()].filter((rows) => rows.some((row) => row['event_type'] === type)).length;
    const funnel = ['page_view', 'product_view', 'add_to_cart', 'checkout', 'purchase'].map(reaching);
    expect(funnel).toEqual(funnel.toSorted((a, b) => b - a));
    expect((funnel[4] ?? 0) / sessions.size).toBeGreaterThan(0.02);
    expect(new Set(funnel).size).toBe(5);
  });
});
