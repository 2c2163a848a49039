import { describe, expect, it } from 'vitest';
import type { Column } from '../../contracts/column';
import { parseContract } from '../../contracts/contract';
import { changed, purchases } from './purchases';

function column(name: string, type: string, more: Partial<Column> = {}): Column {
  return { name, type, required: false, isPersonal: false, cleanings: [], rules: {}, ...more };
}

describe('the purchases contract', () => {
  it('is read whole', () => {
    const { document, ...contract } = purchases();
    expect(document).toMatchObject({ apiVersion: 'v3.1.0', id: 'purchases' });
    expect(contract).toEqual({
      dataset: 'purchases',
      version: expect.stringMatching(/^1\.\d+\.\d+$/) as string,
      inbox: { filePattern: 'customer_purchases_{date}.csv', dateFormat: 'YYYYMMDD' },
      csv: { delimiter: ',', quote: '"', header: 'required', encoding: 'utf-8', maxFieldBytes: 131_072 },
      archivePrefix: 'purchases',
      archiving: 'step',
      targets: ['rds'],
      columns: [
        column('purchase_id', 'string', { required: true }),
        column('customer_id', 'string', { required: true }),
        column('first_name', 'string', { isPersonal: true }),
        column('last_name', 'string', { isPersonal: true }),
        column('email', 'string', { isPersonal: true, cleanings: ['lowercase'] }),
        column('product', 'string'),
        column('quantity', 'int', { required: true }),
        column('amount_aud', 'decimal(18,2)', { required: true }),
        column('purchase_date', 'date', { required: true, format: 'yyyy-MM-dd' }),
      ],
      primaryKey: ['purchase_id'],
      businessRules: [{ name: 'amount_and_quantity_agree', expression: 'sign(quantity) * sign(amount_aud) >= 0' }],
      references: [],
      thresholds: { completeness: '0.95', validity: '0.97', accuracy: '0.98', consistency: '0.99' },
      models: [
        {
          name: 'customer_purchase_summary',
          key: ['customer_id'],
          columns: [
            column('customer_id', 'string', { required: true }),
            column('full_name', 'string', { isPersonal: true }),
            column('email', 'string', { isPersonal: true }),
            column('total_spent_aud', 'decimal(28,2)', { required: true }),
            column('first_purchase_date', 'date', { required: true }),
            column('last_purchase_date', 'date', { required: true }),
          ],
        },
      ],
    });
  });

  it('survives JSON, as it travels into Lambdas and jobs', () => {
    expect(JSON.parse(JSON.stringify(purchases()))).toEqual(purchases());
  });
});

describe('rules of a column', () => {
  const withRules = (from: string, rules: string) => parseContract(changed(from, `${from}\n${rules}`), 'x').columns;

  it('are ODCS options, with limits as exact text', () => {
    const rules = '        logicalTypeOptions: { minimum: 0.01, exclusiveMaximum: 1000000 }';
    const columns = withRules('physicalType: DECIMAL(18,2)', rules);
    expect(columns.find(({ name }) => name === 'amount_aud')?.rules).toEqual({
      minimum: '0.01',
      exclusiveMaximum: '1000000',
    });
  });

  it('have allowed values where the standard puts them', () => {
    const quality = '        quality: [{ metric: invalidValues, arguments: { validValues: [tea, rice] }, mustBe: 0 }]';
    const columns = withRules('name: product\n        logicalType: string\n        physicalType: STRING', quality);
    expect(columns.find(({ name }) => name === 'product')?.rules).toEqual({ enum: ['tea', 'rice'] });
  });

  it('order a key of several columns by their positions', () => {
    const both = changed(
      'name: customer_id',
      'name: customer_id\n        primaryKey: true\n        primaryKeyPosition: 2',
      changed('        unique: true\n', ''),
    );
    expect(parseContract(both, 'x').primaryKey).toEqual(['purchase_id', 'customer_id']);
    const swapped = changed('primaryKeyPosition: 1', 'primaryKeyPosition: 3', both);
    expect(parseContract(swapped, 'x').primaryKey).toEqual(['customer_id', 'purchase_id']);
  });
});
