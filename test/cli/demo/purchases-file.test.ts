import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { cellSchema } from '../../../contracts/row-schema';
import { contractOf } from '../../../cli/datasets';
import { purchasesFile } from '../../../cli/demo/purchases-file';
import { allDays, money, totalCents } from '../../../cli/demo/truth';

const { columns, businessRules } = contractOf('purchases');
const HEADER = columns.map(({ name }) => name);
const DAY = purchasesFile('2026-01-01');

interface Judged {
  readonly good: ReadonlyMap<string, Record<string, string>>;
  readonly read: number;
  readonly refused: number;
  readonly again: number;
}

/** The contract's rule `amount_and_quantity_agree`. */
function agree({ quantity = '', amount_aud: amount = '' }: Record<string, string>): boolean {
  return Math.sign(Number(quantity)) * Math.sign(Number(amount)) >= 0;
}

/** Reads a file as somebody would who knows nothing but the contract: the oracle for what the generator claims. */
function judge(text: string): Judged {
  const records = parse(text, { relax_column_count: true }).slice(1);
  const good = new Map<string, Record<string, string>>();
  let [refused, again] = [0, 0];
  for (const cells of records) {
    const row = Object.fromEntries(HEADER.map((name, index) => [name, cells[index] ?? '']));
    const fits =
      cells.length === HEADER.length &&
      columns.every((column) => cellSchema(column).safeParse(row[column.name]).success) &&
      agree(row);
    const key = row['purchase_id'] ?? '';
    if (!fits) refused += 1;
    else if (good.has(key)) again += 1;
    if (fits) good.set(key, row);
  }
  return { good, read: records.length, refused, again };
}

const cents = (amount = '') => Number(amount.replace('.', ''));

it('is judged by all the rules of the contract', () => {
  expect(businessRules.map(({ expression }) => expression)).toEqual(['sign(quantity) * sign(amount_aud) >= 0']);
});

describe('the file of a day', () => {
  const judged = judge(DAY.text);

  it('is as the generator claims, row by row', () => {
    const { rows, purchases } = DAY.truth;
    expect(rows).toEqual({
      read: judged.read,
      published: judged.good.size,
      quarantined: judged.refused,
      deduplicated: judged.again,
    });
    expect(rows.read).toBe(rows.published + rows.quarantined + rows.deduplicated);
    expect(purchases).toBe(judged.good.size);
  });

  it('adds up to what the generator claims, customer by customer', () => {
    const spent = new Map<string, number>();
    for (const row of judged.good.values()) {
      const id = row['customer_id'] ?? '';
      spent.set(id, (spent.get(id) ?? 0) + cents(row['amount_aud']));
    }
    expect(new Map([...DAY.truth.customers].map(([id, each]) => [id, each.cents]))).toEqual(spent);
  });

  it('has some thousand rows, about one in a hundred bad, in at least five ways', () => {
    expect(judged.read).toBeGreaterThan(2900);
    expect(judged.refused / judged.read).toBeGreaterThan(0.005);
    expect(judged.refused / judged.read).toBeLessThan(0.02);
    for (const bad of ['"12,50"', '9.995', 'N/A', '2026-02-31']) expect(DAY.text).toContain(bad);
  });

  it('has text that careless readers of CSV stumble over', () => {
    for (const real of ["O'Reilly", 'Müller', '"Smith, Jr."', '"Tea towels,\nset of two"', '""Pt. 2""']) {
      expect(DAY.text).toContain(real);
    }
  });

  it('has duplicates of both kinds: the same row again, and another amount that a later row corrects', () => {
    const lines = parse(DAY.text, { relax_column_count: true }).map((cells) => cells.join('\u0000'));
    const same = lines.length - new Set(lines).size;
    expect(same).toBeGreaterThan(0);
    expect(DAY.truth.rows.deduplicated).toBeGreaterThan(same);
  });
});

it('is the same for the same day, and another for another', () => {
  expect(purchasesFile('2026-01-01')).toEqual(DAY);
  expect(purchasesFile('2026-01-02').text).not.toBe(DAY.text);
  expect(DAY.name).toBe('customer_purchases_20260101.csv');
});

it('adds up over days, which share no purchase', () => {
  const next = purchasesFile('2026-01-02');
  const both = allDays([DAY.truth, next.truth]);
  const judged = judge(DAY.text + next.text.slice(next.text.indexOf('\n') + 1));
  const sum = [...judged.good.values()].reduce((total, row) => total + cents(row['amount_aud']), 0);
  expect([both.purchases, totalCents(both)]).toEqual([judged.good.size, sum]);
  expect([money(5), money(1234), money(100_000)]).toEqual(['0.05', '12.34', '1000.00']);
});
