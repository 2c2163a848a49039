import { beforeAll, describe, expect, it } from 'vitest';
import { OPTIONS, generated, type Generated } from './generated';
import { contract, keyOf, type Cells } from './judging';

let made: Generated;
beforeAll(async () => {
  made = await generated();
});

const all = (dataset: string): Cells[] => made.files[dataset]?.flat() ?? [];

const lastBy = (dataset: string) => new Map(all(dataset).map((row) => [keyOf(row, contract(dataset)), row]));

describe('over time', () => {
  it('orders grow, have seasons, and come back to some customers more than to others', () => {
    const orders = [...lastBy('orders').values()];
    const month = (prefix: string) => orders.filter((row) => row['ordered_at']?.startsWith(prefix)).length;
    expect(month('2025')).toBeGreaterThan(month('2024') * 1.1);
    expect(month('2024-12')).toBeGreaterThan(month('2024-02') * 1.3);
    const counts = new Map<string, number>();
    for (const { customer_id: id = '' } of orders) counts.set(id, (counts.get(id) ?? 0) + 1);
    const byCount = [...counts.values()].sort((a, b) => b - a);
    const top = byCount.slice(0, OPTIONS.sizes.customers / 5).reduce((sum, count) => sum + count, 0);
    expect(top / orders.length).toBeGreaterThan(0.45);
  });

  it('customers and products change, from NULL to a value and back too, and every change changes something', () => {
    const turns = new Set<string>();
    for (const [dataset, id] of [
      ['customers', 'customer_id'],
      ['products', 'product_id'],
    ] as const) {
      const rows = [...lastBy(dataset).values()].sort((a, b) =>
        keyOf(a, contract(dataset)).localeCompare(keyOf(b, contract(dataset))),
      );
      for (const [index, row] of rows.entries()) {
        const before = rows[index - 1];
        if (before?.[id] !== row[id]) continue;
        const changed = Object.keys(row).filter((name) => name !== 'changed_at' && row[name] !== before?.[name]);
        expect(changed, JSON.stringify([before, row])).not.toEqual([]);
        for (const name of changed)
          turns.add(`${name}${before?.[name] === '' ? ' filled' : row[name] === '' ? ' emptied' : ''}`);
      }
    }
    const expected = [
      'loyalty_tier filled',
      'loyalty_tier emptied',
      'loyalty_tier',
      'city',
      'segment',
      'email',
      'unit_price',
      'is_active',
      'weight_grams filled',
      'weight_grams emptied',
    ];
    expect([...turns]).toEqual(expect.arrayContaining(expected));
  });

  it('some rows come a batch late, and some again, corrected', () => {
    const times = {
      customers: 'changed_at',
      products: 'changed_at',
      orders: 'ordered_at',
      order_items: 'ordered_at',
      web_events: 'occurred_at',
    };
    for (const [dataset, time] of Object.entries(times)) {
      const of = contract(dataset);
      const [first = [], second = []] = made.files[dataset] ?? [];
      const keys = new Map(first.map((row) => [keyOf(row, of), row]));
      const older = second.filter((row) => String(row[time]) < '2024-09-01');
      const again = older.filter((row) => keys.has(keyOf(row, of)));
      const file = made.manifest.files.find((each) => each.dataset === dataset && each.batch === 1);
      expect([older.length - again.length, again.length]).toEqual([file?.late, file?.corrections]);
      expect(older.length - again.length).toBeGreaterThan(0);
      expect(again.length > 0).toBe(dataset !== 'web_events');
      for (const row of again) expect(row).not.toEqual(keys.get(keyOf(row, of)));
    }
  });

  it('a change of a customer may arrive after a later one', () => {
    const newest = new Map<string, string>();
    let overtaken = 0;
    for (const { customer_id: id = '', changed_at: at = '' } of all('customers')) {
      if (at < (newest.get(id) ?? '')) overtaken += 1;
      else newest.set(id, at);
    }
    expect(overtaken).toBeGreaterThan(0);
  });
});
