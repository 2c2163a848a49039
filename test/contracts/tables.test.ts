import { describe, expect, it } from 'vitest';
import { qualifiedName, tablesOf } from '../../contracts/tables';
import { purchases } from './purchases';

describe('the tables of a contract', () => {
  it('are one for the rows, one for the refused ones, one for the scores and one for each model', () => {
    expect(tablesOf(purchases()).map(qualifiedName)).toEqual([
      'silver.purchases_by_file',
      'quarantine.purchases',
      'quality.purchases',
      'gold.customer_purchase_summary_by_day',
    ]);
  });

  it('name each column once, and partition by columns that they have', () => {
    for (const { columns, partitionedBy } of tablesOf(purchases())) {
      const names = columns.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
      expect(names).toEqual(expect.arrayContaining([...partitionedBy]));
    }
  });
});
