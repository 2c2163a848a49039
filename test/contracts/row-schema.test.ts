import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Column } from '../../contracts/column';
import { cellSchema, rowSchema, type CellValue } from '../../contracts/row-schema';
import { purchases } from './purchases';

function column(type: string, more: Partial<Column> = {}): Column {
  return { name: 'cell', type, required: false, isPersonal: false, cleanings: [], rules: {}, ...more };
}

/** The value of a cell, or the rules that it breaks. */
function judged(cell: Column, text: string): { value: CellValue } | { rules: string[] } {
  const result = cellSchema(cell).safeParse(text);
  if (result.success) return { value: result.data };
  return {
    rules: result.error.issues.map((issue) => (issue.code === 'custom' ? String(issue.params?.['rule']) : issue.code)),
  };
}

const accepted = (cell: Column, text: string): CellValue => {
  const found = judged(cell, text);
  if ('rules' in found) throw new Error(`${JSON.stringify(text)} breaks ${found.rules.join()}`);
  return found.value;
};

describe('a row of purchases', () => {
  const row = {
    purchase_id: '0000000000000000042',
    customer_id: ' 007 ',
    first_name: 'Andre\u0301',
    last_name: "O'Reilly",
    email: ' Andre@Example.ORG ',
    product: '',
    quantity: '3',
    amount_aud: '12.5',
    purchase_date: '2025-01-02',
  };

  it('is cleaned and typed without loss', () => {
    expect(rowSchema(purchases().columns).parse(row)).toEqual({
      purchase_id: '0000000000000000042',
      customer_id: '007',
      first_name: 'André',
      last_name: "O'Reilly",
      email: 'andre@example.org',
      product: null,
      quantity: 3,
      amount_aud: '12.50',
      purchase_date: '2025-01-02',
    });
  });

  it('is refused with every reason, by the names that quarantine uses', () => {
    const bad = { ...row, customer_id: ' ', quantity: '1.5', amount_aud: '12,5', purchase_date: '2025-02-31' };
    const issues = rowSchema(purchases().columns).safeParse(bad).error?.issues ?? [];
    expect(issues.map((issue) => (issue.code === 'custom' ? issue.params : issue))).toEqual([
      { rule: 'required', column: 'customer_id', value: null },
      { rule: 'type', column: 'quantity', value: '1.5' },
      { rule: 'type', column: 'amount_aud', value: '12,5' },
      { rule: 'format', column: 'purchase_date', value: '2025-02-31' },
    ]);
    expect(issues.map(({ path, message }) => [path, message])).toEqual([
      [['customer_id'], 'customer_id is empty; expected a value'],
      [['quantity'], 'quantity is "1.5"; expected a value of type int'],
      [['amount_aud'], 'amount_aud is "12,5"; expected a value of type decimal(18,2)'],
      [['purchase_date'], 'purchase_date is "2025-02-31"; expected a date written as yyyy-MM-dd'],
    ]);
  });

  it('is refused without a column', () => {
    const { product, ...rest } = row;
    expect(product).toBe('');
    expect(rowSchema(purchases().columns).safeParse(rest).success).toBe(false);
  });
});

describe('a cell', () => {
  const money = column('decimal(18,2)');

  it.each(['12,5', '1e3', 'N/A', '1.005', '12.50$', '1 000', '0x10', 'Infinity', '10000000000000000.00', '١٢'])(
    'of money is never %s',
    (text) => {
      expect(judged(money, text)).toEqual({ rules: ['type'] });
    },
  );

  it.each([
    ['9999999999999999.99', '9999999999999999.99'],
    ['-0.01', '-0.01'],
    ['+5', '5.00'],
    ['0000000000000000000000001.10', '1.10'],
  ])('of money is exact: %s', (text, expected) => {
    expect(accepted(money, text)).toBe(expected);
  });

  it.each([
    ['smallint', 32767n],
    ['int', 2147483647n],
    ['bigint', 9223372036854775807n],
  ] as const)('of %s ends where Spark ends', (type, maximum) => {
    const exact = (value: bigint) => (type === 'bigint' ? value : Number(value));
    expect(accepted(column(type), String(maximum))).toBe(exact(maximum));
    expect(accepted(column(type), String(-maximum - 1n))).toBe(exact(-maximum - 1n));
    expect(judged(column(type), String(maximum + 1n))).toEqual({ rules: ['type'] });
    expect(judged(column(type), String(-maximum - 2n))).toEqual({ rules: ['type'] });
  });

  it.each([
    ['true', { value: true }],
    ['false', { value: false }],
    ['TRUE', { rules: ['type'] }],
    ['1', { rules: ['type'] }],
  ])('of boolean: %s', (text, expected) => {
    expect(judged(column('boolean'), text)).toEqual(expected);
  });

  it.each<[Partial<Column['rules']>, string, string, string, string]>([
    [{ minimum: '0.01' }, 'decimal(18,2)', '0.01', '0.00', 'minimum'],
    [{ exclusiveMinimum: '0' }, 'int', '1', '0', 'exclusiveMinimum'],
    [{ maximum: '999999999999999' }, 'decimal(38,2)', '999999999999999.00', '999999999999999.01', 'maximum'],
    [{ exclusiveMaximum: '9007199254740993' }, 'bigint', '9007199254740992', '9007199254740993', 'exclusiveMaximum'],
    [{ minLength: 2 }, 'string', 'ab', 'a', 'minLength'],
    [{ maxLength: 2 }, 'string', '😀😀', 'abc', 'maxLength'],
    [{ pattern: 'a|b' }, 'string', 'b', 'ab', 'pattern'],
    [{ enum: ['tea', 'rice'] }, 'string', 'tea', 'Tea', 'enum'],
  ])('keeps %o on %s', (rules, type, good, bad, rule) => {
    expect(judged(column(type, { rules }), good)).toHaveProperty('value');
    expect(judged(column(type, { rules }), bad)).toEqual({ rules: [rule] });
    expect(accepted(column(type, { rules }), ' ')).toBeNull();
  });

  it('of a date has limits too', () => {
    const rules = { minimum: '2020-01-01', maximum: '2025-12-31' };
    const day = column('date', { format: 'dd/MM/yyyy', rules });
    expect(accepted(day, '01/01/2020')).toBe('2020-01-01');
    expect(accepted(day, '31/12/2025')).toBe('2025-12-31');
    expect(judged(day, '01/01/2026')).toEqual({ rules: ['maximum'] });
    expect(judged(day, '31/12/2019')).toEqual({ rules: ['minimum'] });
  });

  it('may break several rules at once', () => {
    const rules = { minLength: 3, pattern: '[a-z]+', enum: ['tea'] };
    expect(judged(column('string', { rules }), 'T')).toEqual({ rules: ['minLength', 'pattern', 'enum'] });
  });

  it('of a type that nobody reads fails loudly', () => {
    expect(() => cellSchema(column('float')).safeParse('1')).toThrow('no reading is known for the type float');
  });
});

describe('whatever is written in a cell', () => {
  it('comes through a bigint to the last digit', () => {
    const whole = fc.bigInt({ min: -(2n ** 63n), max: 2n ** 63n - 1n });
    fc.assert(
      fc.property(whole, (value) => {
        expect(accepted(column('bigint'), String(value))).toBe(value);
      }),
    );
  });

  it('comes through a decimal to the last digit', () => {
    const cents = fc.bigInt({ min: -(10n ** 18n) + 1n, max: 10n ** 18n - 1n });
    fc.assert(
      fc.property(cents, (value) => {
        const digits = String(value < 0n ? -value : value).padStart(3, '0');
        const text = `${value < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
        expect(accepted(column('decimal(18,2)'), text)).toBe(text);
      }),
    );
  });

  it('comes through a string, leading zeros and all, but for its edges', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(accepted(column('string'), `  ${text}\t`)).toBe(text.trim().normalize('NFC') || null);
      }),
    );
  });

  it('is a value or a reason, never a silent null', () => {
    const types = fc.constantFrom('string', 'smallint', 'int', 'bigint', 'decimal(9,3)', 'date', 'boolean');
    fc.assert(
      fc.property(types, fc.string({ unit: 'grapheme' }), (type, text) => {
        const found = judged(column(type, type === 'date' ? { format: 'yyyy-MM-dd' } : {}), text);
        if ('value' in found && text.trim() !== '') expect(found.value).not.toBeNull();
      }),
    );
  });
});
