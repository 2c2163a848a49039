import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../contracts/column';
import type { Contract } from '../../contracts/contract';
import { dqdl } from '../../contracts/dqdl';
import { readRuleset } from './dqdl-grammar';
import { purchases } from './purchases';

/** The contract of purchases with this column alone. */
function withColumn(column: Partial<Column>): Contract {
  const plain: Column = { name: 'code', type: 'string', required: false, isPersonal: false, cleanings: [], rules: {} };
  return { ...purchases(), columns: [{ ...plain, ...column }] };
}

/** The column's rules as DQDL has them: those before the business rules. */
function rulesOf(column: Partial<Column>): string[] {
  const lines = dqdl(withColumn(column)).split('\n');
  return lines.slice(
    1,
    lines.findIndex((line) => line.includes('CustomSql')),
  );
}

describe('the ruleset of a contract', () => {
  it('holds every rule of purchases against its threshold', () => {
    expect(dqdl(purchases())).toBe(`Rules = [
    Completeness "purchase_id" >= 0.95,
    Completeness "customer_id" >= 0.95,
    Completeness "quantity" >= 0.95,
    Completeness "amount_aud" >= 0.95,
    Completeness "purchase_date" >= 0.95,
    CustomSql "select coalesce(avg(case when not (sign(quantity) * sign(amount_aud) >= 0) then 0 else 1 end), 1) from primary" >= 0.98,
    Uniqueness "purchase_id" >= 0.99 where "_is_current"
]
`);
  });

  it('has limits of numbers and dates one by one, for cells that are filled', () => {
    const filled = 'where "code is not null" with threshold >= 0.97';
    expect(rulesOf({ type: 'decimal(9,2)', rules: { minimum: '-0.50', exclusiveMaximum: '+100' } })).toEqual([
      `    ColumnValues "code" >= -0.50 ${filled},`,
      `    ColumnValues "code" < 100.0 ${filled},`,
    ]);
    expect(rulesOf({ type: 'int', rules: { exclusiveMinimum: '0', maximum: '12' } })).toEqual([
      `    ColumnValues "code" > 0 ${filled},`,
      `    ColumnValues "code" <= 12 ${filled},`,
    ]);
    expect(rulesOf({ type: 'date', format: 'dd.MM.yyyy', rules: { minimum: '2020-01-31' } })).toEqual([
      `    ColumnValues "code" >= "2020-01-31" ${filled},`,
    ]);
  });

  it('has lengths, patterns and lists of text', () => {
    const rules = { minLength: 2, maxLength: 9, pattern: String.raw`\d+"[a-z]`, enum: ['a', 'b "c"', String.raw`d\e`] };
    expect(rulesOf({ rules })).toEqual([
      '    ColumnLength "code" >= 2 where "code is not null",',
      '    ColumnLength "code" <= 9 where "code is not null",',
      String.raw`    ColumnValues "code" matches "\A(?:\d+\"[a-z])\z" where "code is not null" with threshold >= 0.97,`,
      String.raw`    ColumnValues "code" in ["a", "b \"c\"", "d\\e"] where "code is not null" with threshold >= 0.97,`,
    ]);
    expect(rulesOf({ rules: { enum: ['9:30', 'a.b'] } })).toEqual([
      String.raw`    ColumnValues "code" matches "\A(?:9:30|a\.b)\z" where "code is not null" with threshold >= 0.97,`,
    ]);
  });

  it('has keys of several columns, and references by the dataset that they refer to', () => {
    const references = [{ column: 'customer_id', dataset: 'customers', key: 'id' }];
    const lines = dqdl({ ...purchases(), primaryKey: ['shop', 'receipt'], references }).split('\n');
    expect(lines.slice(-4)).toEqual([
      '    CustomSql "select coalesce(sum(case when times = 1 then 1 else 0 end) / sum(times), 1) from ' +
        '(select count(*) as times from primary where _is_current group by shop, receipt)" >= 0.99,',
      '    ReferentialIntegrity "customer_id" "customers.id" >= 0.99',
      ']',
      '',
    ]);
  });

  it.each([
    ['1', '1.0'],
    ['0', '0.0'],
    ['0.999', '0.999'],
    ['1e-7', '0.0000001'],
  ])('has the threshold %s as %s, since DQDL knows no exponents', (threshold, written) => {
    const thresholds = { ...purchases().thresholds, consistency: threshold };
    expect(dqdl({ ...purchases(), thresholds })).toContain(`Uniqueness "purchase_id" >= ${written} where`);
  });
});

describe('by the published grammar', () => {
  it('purchases has seven rules', () => {
    expect(readRuleset(dqdl(purchases())).map(([type]) => type)).toEqual([
      ...Array<string>(5).fill('Completeness'),
      'CustomSql',
      'Uniqueness',
    ]);
  });

  it('any contract is a ruleset', () => {
    const number = fc.tuple(fc.integer(), fc.integer({ min: 0, max: 99 })).map(([whole, cents]) => `${whole}.${cents}`);
    const text = fc.record(
      { minLength: fc.nat(99), maxLength: fc.nat(99), pattern: fc.constantFrom('a', '"', '[\\"]', '\\\\', '^\\d{2}$') },
      { requiredKeys: [] },
    );
    const allowed = fc.record({
      enum: fc.array(fc.oneof(fc.string(), fc.constantFrom('2020-01-01', '\\', '"')), { minLength: 1, maxLength: 3 }),
    });
    const limits = fc.record({ minimum: number, maximum: number, exclusiveMinimum: number }, { requiredKeys: [] });
    const column = fc.oneof(
      text.map((rules) => ({ rules })),
      allowed.map((rules) => ({ rules })),
      limits.map((rules) => ({ rules, type: 'decimal(18,2)' })),
    );
    fc.assert(
      fc.property(column, (some) => {
        const number = Object.keys(some.rules).length;
        expect(readRuleset(dqdl(withColumn(some)))).toHaveLength(number + 2);
      }),
    );
  });

  it.each([
    ['Rules = [ ]', 'expected word, found ]'],
    ['Rules = [ Completeness "a" >= .95 ]', 'expected decimal or integer, found .95'],
    ['Rules = [ Completeness "a" >= 1e-7 ]', 'expected decimal or integer, found 1e'],
    ['Rules = [ Complete "a" >= 0.95 ]', 'no rule is of the type Complete'],
    ['Rules = [ Uniqueness "a" >= 0.9 with threshold >= 0.9 ]', 'expected ], found with'],
    ['Rules = [ ColumnValues "a" matches "b"c" ]', 'no token begins with " ]'],
    ['Rules = [ ReferentialIntegrity "a" >= 0.9 ]', 'ReferentialIntegrity has 1 parameters'],
  ])('%s is none', (text, fault) => {
    expect(() => readRuleset(text)).toThrow(fault);
  });
});
