import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { generate, rowsOf } from '../../../cli/generate/generate';
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
          "ac815a68b4b4d5bc40b8db6ff5d092d7a66fe551839e1db9c90ad254977c23ec",
          "aa6222a9f0f87b73bc52265d18e73c378761eb1c26ad09febef886393f0f4ce0",
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
