import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { generate, rowsOf } from '../../../cli/generate/generate';
import { readManifest } from '../../../cli/generate/output/folder';
import { sizesOf } from '../../../cli/generate/sizes';
import { matchFile } from '../../../contracts/file-name';
import { OPTIONS, generated, newFolder, rates, type Generated } from './generated';
import { CONTRACTS, RULES, brokenBusinessRules, brokenCells, contract, keyOf, type Cells } from './judging';

const TINY = { ...OPTIONS, sizes: sizesOf(0.02) };
const DATASETS = ['customers', 'products', 'orders', 'order_items', 'web_events', 'inventory'];

let made: Generated;
beforeAll(async () => {
  made = await generated();
});

const all = (dataset: string): Cells[] => made.files[dataset]?.flat() ?? [];
const sha256 = (bytes: Buffer | string) => createHash('sha256').update(bytes).digest('hex');

describe('the files', () => {
  it('are one for each dataset and batch, named by the contract with the last day of the batch', () => {
    const names = ['20240831', '20250501', '20251231'].flatMap((day) => DATASETS.map((dataset) => `${dataset}_${day}.csv`));
    expect(made.manifest.files.map(({ name }) => name)).toEqual(names);
    expect(readdirSync(made.folder).sort()).toEqual([...names, 'manifest.json', 'truth.jsonl'].sort());
    for (const { name, dataset, date } of made.manifest.files)
      expect(
        matchFile(
          name,
          CONTRACTS.map((each) => ({ ...each.inbox, dataset: each.dataset })),
        ),
      ).toMatchObject({ dataset, ingestionDate: date });
  });

  it('are what the manifest says', () => {
    for (const { name, dataset, batch, rows, bytes, sha256: hash } of made.manifest.files) {
      const file = readFileSync(join(made.folder, name));
      expect([file.length, sha256(file)]).toEqual([bytes, hash]);
      expect(made.files[dataset]?.[batch]).toHaveLength(rows);
    }
  });

  it('are the same for the same options, in any time zone, and others for another seed', async () => {
    const hashes = async (seed: number, zone: string) => {
      process.env['TZ'] = zone;
      const folder = newFolder();
      await generate({ ...TINY, seed, format: 'mixed', defects: rates('0.08') }, CONTRACTS, folder);
      return ['manifest.json', 'truth.jsonl'].map((name) => sha256(readFileSync(join(folder, name))));
    };
    const before = process.env['TZ'];
    try {
      const first = await hashes(1, 'UTC');
      // Of every file's hash and of every defect: whoever changes the data on purpose changes these too.
      expect(first).toMatchInlineSnapshot(`
        [
          "fbab1dab304d7fcd31c6ed3615acb7df51b5f87123ab551c97af0f1fceca5346",
          "372531f286619c68d4195dbba768f81a3d6a471b4aa4a0afc022707e2d50811e",
        ]
      `);
      expect(await hashes(1, 'Pacific/Auckland')).toEqual(first);
      expect((await hashes(2, 'UTC'))[0]).not.toBe(first[0]);
    } finally {
      if (before === undefined) delete process.env['TZ'];
      else process.env['TZ'] = before;
    }
  });

  it('hold the same rows in every format', async () => {
    const csv = await generated({ sizes: TINY.sizes });
    for (const format of ['jsonl', 'parquet', 'mixed'] as const)
      expect((await generated({ sizes: TINY.sizes, format })).files).toEqual(csv.files);
  });

  it('can each be made alone, in any order', () => {
    for (const { dataset, batch, rows } of made.manifest.files.toReversed())
      expect([...rowsOf(OPTIONS, CONTRACTS, dataset, batch)]).toHaveLength(rows);
    const ids = [...rowsOf(OPTIONS, CONTRACTS, 'order_items', 2)].map(({ row }) => row['order_id']);
    expect(made.files['order_items']?.[2]?.map((row) => row['order_id'])).toEqual(ids);
  });
});

describe('the rows', () => {
  it('keep their contracts, and no key is twice in a file', () => {
    expect(
      CONTRACTS.filter(({ dataset }) => DATASETS.includes(dataset))
        .flatMap(({ businessRules }) => businessRules.map(({ expression }) => expression))
        .sort(),
    ).toEqual(Object.keys(RULES).sort());
    for (const dataset of DATASETS) {
      const of = contract(dataset);
      for (const rows of made.files[dataset] ?? []) {
        expect(rows.filter((row) => brokenCells(row, of).length + brokenBusinessRules(row, of).length > 0)).toEqual([]);
        expect(new Set(rows.map((row) => keyOf(row, of))).size).toBe(rows.length);
      }
    }
  });

  it('are as many as the sizes say', () => {
    const distinct = (dataset: string, column: string) => new Set(all(dataset).map((row) => row[column])).size;
    const { customers, products, orders, webEvents } = OPTIONS.sizes;
    expect([distinct('customers', 'customer_id'), distinct('products', 'product_id')]).toEqual([customers, products]);
    expect([distinct('orders', 'order_id'), distinct('web_events', 'event_id')]).toEqual([orders, webEvents]);
    expect(new Set(all('order_items').map((row) => keyOf(row, contract('order_items')))).size / orders).toBeCloseTo(2.5, 0);
    expect(new Set(all('products').map((row) => row['category'])).size).toBe(5);
  });

  it('have names that CSV must quote', () => {
    const names = all('customers').map((row) => row['last_name']);
    expect(names).toEqual(expect.arrayContaining(["O'Reilly", 'Smith, Jr.', 'Müller']));
    expect(all('products').some((row) => row['product_name']?.includes('"'))).toBe(true);
    expect(all('customers').some((row) => row['postal_code']?.startsWith('0'))).toBe(true);
  });
});

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

describe('the folder', () => {
  it('takes a new generation in place of an earlier one, and nothing else', async () => {
    const folder = newFolder();
    await generate({ ...TINY, batches: 2 }, CONTRACTS, folder);
    const manifest = await generate({ ...TINY, batches: 1 }, CONTRACTS, folder);
    expect(readdirSync(folder)).toHaveLength(8);
    expect(await readManifest(folder)).toEqual(manifest);
    writeFileSync(join(folder, 'mine.csv'), 'precious');
    await expect(generate(TINY, CONTRACTS, folder)).rejects.toThrow(/mine\.csv is not of `assay generate`: move it away/);
    expect(await readManifest(folder)).toEqual(manifest);
  });

  it('is refused when it holds anything else', async () => {
    const folder = newFolder();
    writeFileSync(join(folder, 'mine.csv'), 'precious');
    await expect(generate(TINY, CONTRACTS, folder)).rejects.toThrow(/is not empty, .* choose an empty folder or a new one/);
    await expect(generate(TINY, CONTRACTS, join(folder, 'mine.csv'))).rejects.toThrow(/is a file; --out needs a folder/);
    expect(readdirSync(folder)).toEqual(['mine.csv']);
  });

  it('is as it was after an interruption', async () => {
    const folder = newFolder();
    const before = await generate(TINY, CONTRACTS, folder);
    const stopping = new AbortController();
    const progress = { rows: () => undefined, written: () => stopping.abort(new Error('stopped')) };
    await expect(generate({ ...TINY, seed: 2 }, CONTRACTS, folder, { signal: stopping.signal, progress })).rejects.toThrow(
      'stopped',
    );
    expect(await readManifest(folder)).toEqual(before);
    expect(readdirSync(folder)).toHaveLength(20);
    mkdirSync(join(folder, '.assay-generate'));
    writeFileSync(join(folder, '.assay-generate', 'orders_20240831.csv'), 'half of a killed one');
    await generate(TINY, CONTRACTS, folder);
    expect(existsSync(join(folder, '.assay-generate'))).toBe(false);
  });
});

it('says which column of a contract it cannot fill, and which rule it does not know', async () => {
  const changed = (change: (each: (typeof CONTRACTS)[number]) => object) =>
    CONTRACTS.map((each) => (each.dataset === 'orders' ? { ...each, ...change(each) } : each));
  const [column] = contract('orders').columns;
  if (column === undefined) throw new Error('orders has no column');
  const more = changed(({ columns }) => ({ columns: [...columns, { ...column, name: 'coupon' }] }));
  await expect(generate(TINY, more, newFolder())).rejects.toThrow(
    /contract orders: the generator cannot fill the column coupon/,
  );
  const other = changed(({ columns }) => ({ columns: columns.map((each) => ({ ...each, type: 'int' })) }));
  await expect(generate(TINY, other, newFolder())).rejects.toThrow(/contract orders: /);
  const rule = changed(() => ({ businessRules: [{ name: 'new_rule', expression: 'true' }] }));
  await expect(generate(TINY, rule, newFolder())).rejects.toThrow(/does not know the business rule new_rule/);
  await expect(generate(TINY, [], newFolder())).rejects.toThrow(/there is no contract for products/);
});
