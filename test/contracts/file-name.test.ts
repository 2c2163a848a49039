import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claimsOverlap, matchFile, nameShown, type Route } from '../../contracts/file-name';
import { AmbiguousFileName, UnknownFileName, UnsafeKey } from '../../contracts/errors';

const sales: Route = { dataset: 'sales', filePattern: 'sales_{date}.csv', dateFormat: 'YYYYMMDD' };
const stores: Route = { dataset: 'stores', filePattern: 'stores_{date}.csv', dateFormat: 'YYYYMMDD' };
const products: Route = { dataset: 'products', filePattern: 'products.parquet' };
const events: Route = { dataset: 'events', filePattern: 'events_{date}.{format}', dateFormat: 'YYYYMMDD' };
const routes = [sales, stores, products, events];

const days = fc.date({ min: new Date('1000-01-01'), max: new Date('9999-12-31'), noInvalidDate: true });
const isoOf = (date: Date): string => date.toISOString().slice(0, 10);

describe('matchFile', () => {
  it.each([
    ['sales_20251115.csv', 'sales', '2025-11-15', 'csv'],
    ['partners/a b+c%20d/ü/sales_20251115.csv', 'sales', '2025-11-15', 'csv'],
    ['inbox/stores_20240229.csv', 'stores', '2024-02-29', 'csv'],
    ['products.parquet', 'products', undefined, 'parquet'],
    ['events_20240229.csv', 'events', '2024-02-29', 'csv'],
    ['events_20240229.jsonl', 'events', '2024-02-29', 'jsonl'],
    ['events_20240229.parquet', 'events', '2024-02-29', 'parquet'],
  ])('%s', (key, dataset, ingestionDate, format) => {
    expect(matchFile(key, routes)).toEqual({ kind: 'match', dataset, ingestionDate, format });
  });

  it('says what was expected of a name that it does not know', () => {
    expect(matchFile('in/sales_2025111.csv', [sales, stores])).toEqual({
      kind: 'unmatched',
      error: expect.any(UnknownFileName) as unknown,
      reason:
        'sales_2025111.csv matches no contract: expected sales_YYYYMMDD.csv (sales) or stores_YYYYMMDD.csv (stores); ' +
        'rename the file or add a contract',
    });
  });

  it.each([
    'SALES_20251115.csv',
    'sales_20251115.csv.gz',
    'events_20251115.json',
    'events_20251115.',
    'xsales_20251115.csv',
    'sales_20251115xcsv',
    'sales_20251115.csv ',
    'sales_20251115.csv\n',
    'sales_٢٠٢٥1115.csv',
    "sales_20251115.csv'; drop table runs; --",
    'sales_{date}.csv',
    'products_parquet',
  ])('does not know %j', (key) => {
    expect(matchFile(key, routes)).toMatchObject({ kind: 'unmatched', error: expect.any(UnknownFileName) as unknown });
  });

  it('refuses a date that the calendar does not have', () => {
    expect(matchFile('sales_20250231.csv', routes)).toMatchObject({
      kind: 'unmatched',
      reason: 'sales_20250231.csv: 20250231 is no date of the calendar; expected sales_YYYYMMDD.csv (sales); rename the file',
    });
  });

  it('refuses a name that two contracts claim', () => {
    const rival: Route = { ...sales, dataset: 'more_sales' };
    expect(matchFile('sales_20251115.csv', [sales, rival])).toMatchObject({
      kind: 'unmatched',
      error: expect.any(AmbiguousFileName) as unknown,
      reason:
        'sales_20251115.csv matches more than one contract: sales_YYYYMMDD.csv (sales) or sales_YYYYMMDD.csv (more_sales); ' +
        'expected one; make one pattern narrower',
    });
  });

  it.each([
    '../sales_20251115.csv',
    'a/../sales_20251115.csv',
    './sales_20251115.csv',
    'a//sales_20251115.csv',
    '/sales_20251115.csv',
    'sales_20251115.csv/',
    '',
  ])('refuses the key %j, whatever its name is', (key) => {
    expect(matchFile(key, routes)).toMatchObject({ kind: 'unmatched', error: expect.any(UnsafeKey) as unknown });
  });

  it('finds every day under every safe folder', () => {
    const folder = fc
      .string({ unit: 'grapheme', minLength: 1 })
      .filter((name) => !name.includes('/') && !['.', '..'].includes(name));
    fc.assert(
      fc.property(fc.array(folder, { maxLength: 3 }), days, (folders, date) => {
        const key = [...folders, `sales_${isoOf(date).replaceAll('-', '')}.csv`].join('/');
        expect(matchFile(key, routes)).toEqual({ kind: 'match', dataset: 'sales', ingestionDate: isoOf(date), format: 'csv' });
      }),
    );
  });

  it('takes the text around the date literally, whatever it is', () => {
    const text = fc.string({ unit: 'binary', maxLength: 8 }).filter((some) => !/[/{}]/.test(some));
    fc.assert(
      fc.property(text, text, text, days, (before, after, other, date) => {
        const route: Route = { dataset: 'd', filePattern: `${before}{date}${after}`, dateFormat: 'DD.MM.YYYY' };
        const [year = '', month = '', day = ''] = isoOf(date).split('-');
        const written = `${day}.${month}.${year}`;
        expect(matchFile(before + written + after, [route])).toMatchObject({
          kind: 'match',
          ingestionDate: isoOf(date),
        });
        if (other !== before) expect(matchFile(other + written + after, [route])).toMatchObject({ kind: 'unmatched' });
      }),
    );
  });
});

describe('a suffix of the sender', () => {
  const visits: Route = { dataset: 'visits', filePattern: 'visits_{date}{suffix}.csv', dateFormat: 'YYYYMMDD' };

  it.each(['visits_20250111.csv', 'visits_20250111_NORTH.csv', 'visits_20250111_store-7.csv', 'in/visits_20250111_a.csv'])(
    'may follow or not: %s',
    (key) => {
      const match = { kind: 'match', dataset: 'visits', ingestionDate: '2025-01-11', format: 'csv' };
      expect(matchFile(key, [visits])).toEqual(match);
    },
  );

  it.each([
    'visits_20250111NORTH.csv',
    'visits_20250111_.csv',
    'visits_20250111_20250112.csv',
    'visits_20250111__a.csv',
    'visits_2025011.csv',
    'VISITS-20250111.CSV',
  ])('is nothing else: %s', (key) => {
    expect(matchFile(key, [visits])).toMatchObject({
      kind: 'unmatched',
      reason: `${key} matches no contract: expected visits_YYYYMMDD[_NAME].csv (visits); rename the file or add a contract`,
    });
  });

  it('claims the names without it, too', () => {
    const plain = { filePattern: 'visits_{date}.csv', dateFormat: 'YYYYMMDD' };
    expect([claimsOverlap(visits, plain), claimsOverlap(plain, visits)]).toEqual([true, true]);
  });
});

describe('claimsOverlap', () => {
  it.each([
    [sales, { ...sales, dateFormat: 'DDMMYYYY' }, true],
    [sales, { ...sales, dateFormat: 'YYYY-MM-DD' }, false],
    [sales, stores, false],
    [sales, { filePattern: 'sales_20200101.csv' }, true],
    [products, { filePattern: 'products.parquet' }, true],
  ])('of %o and %o is %s', (one, other, expected) => {
    expect([claimsOverlap(one, other), claimsOverlap(other, one)]).toEqual([expected, expected]);
  });

  it('shows names as people write them', () => {
    expect([sales, products].map(nameShown)).toEqual(['sales_YYYYMMDD.csv', 'products.parquet']);
  });
});
