import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { parse } from 'csv-parse/sync';
import { describe, expect, test } from 'vitest';
import { parseContract } from '../../../contracts/contract';
import { fileOfDay } from '../../../lambdas/generate-transactions/day-file';
import { dayOf } from '../../../lambdas/generate-transactions/day';
import { FAULTS } from '../../../lambdas/generate-transactions/faults';
import { COLUMNS, transactionOf, type Transaction } from '../../../lambdas/generate-transactions/transaction';
import { Random } from '../../../lambdas/generate-transactions/random';

const contract = parseContract(readFileSync('contracts/transactions.odcs.yaml', 'utf8'), 'transactions');
const rowsOf = (day: string) => parse<Transaction>(fileOfDay(day).content, { columns: true });
const cents = (text: string) => BigInt(text.replace('.', ''));
const DAYS = ['2024-02-29', '2025-06-14', '2025-11-28', '2025-12-25', '2026-01-01'];

/** By the rules of the contract, told here once more. */
function isGood(row: Transaction): boolean {
  const isMoney = /^\d+\.\d\d$/.test(row.amount);
  const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$/.test(row.occurred_at);
  const isWhole = row.customer_id !== '' && row.category !== 'miscellaneous' && Number(row.quantity) > 0;
  return isMoney && isTime && isWhole && cents(row.amount) === BigInt(row.quantity) * cents(row.unit_price);
}

describe('the file of a day', () => {
  test('has the same bytes at every time and on every machine', () => {
    const { key, content } = fileOfDay('2026-01-01');
    expect(key).toBe('transactions/year=2026/month=01/day=01/transactions_20260101.csv');
    expect(createHash('sha256').update(content).digest('hex')).toBe(
      '04ce18eb4c4f7edfd2d6355dafcd80cebe9f4a945792f16325ab396a30a279ea',
    );
    expect(fileOfDay('2026-01-02').content).not.toBe(content);
  });

  test("has the contract's columns, and rows of that day of UTC with keys of their own", () => {
    expect(COLUMNS).toEqual(contract.columns.map(({ name }) => name));
    for (const day of DAYS) {
      const rows = rowsOf(day);
      expect(new Set(rows.map(({ transaction_id: id }) => id)).size).toBe(rows.length);
      const days = rows.filter(isGood).map(({ occurred_at: time }) => new Date(time).toISOString().slice(0, 10));
      expect(new Set(days)).toEqual(new Set([day]));
    }
  });

  test.each(DAYS)('%s has a few thousand rows, of which some are bad, far less than a threshold lets pass', (day) => {
    const rows = rowsOf(day);
    expect(rows.length).toBeGreaterThan(1000);
    expect(rows.length).toBeLessThan(8000);
    const bad = rows.filter((row) => !isGood(row)).length;
    expect(bad).toBeGreaterThan(0);
    expect(bad / rows.length).toBeLessThan(0.012);
  });

  test('has more on a sale and less at Christmas, more in the evening of Sydney, and customers who come again', () => {
    const [sale, ordinary, christmas] = ['2025-11-27', '2025-09-17', '2025-12-25'].map((day) => rowsOf(day));
    expect(sale?.length).toBeGreaterThan((ordinary?.length ?? 0) * 1.4);
    expect(christmas?.length).toBeLessThan((ordinary?.length ?? 0) * 0.7);
    const good = ordinary?.filter(isGood) ?? [];
    const hours = good.map(({ occurred_at: time }) => new Date(time).getUTCHours());
    const within = (low: number, high: number) => hours.filter((hour) => hour >= low && hour < high).length;
    expect(within(9, 11)).toBeGreaterThan(5 * within(16, 18));
    expect(new Set(good.map(({ customer_id: id }) => id)).size).toBeLessThan(good.length * 0.9);
  });
});

test('each kind of bad row breaks a rule of the contract by itself', () => {
  const row = transactionOf('2026-01-01', 1, 0, new Random(1));
  expect(isGood(row)).toBe(true);
  for (const fault of FAULTS) expect(isGood({ ...row, ...fault(row) })).toBe(false);
});

describe('the day', () => {
  const now = new Date('2026-03-02T00:10:00Z');

  test('is on schedule the one before, by the schedule and not by the clock', () => {
    expect(dayOf({ scheduledAt: '2026-03-01T01:07:00Z' }, now)).toBe('2026-02-28');
  });

  test('is on demand any that is over', () => {
    expect(dayOf({ day: '2026-03-01' }, now)).toBe('2026-03-01');
    expect(() => dayOf({ day: '2026-03-02' }, now)).toThrow(
      '2026-03-02 is not over yet in UTC: ask for 2026-03-01 or a day before it',
    );
  });
});
