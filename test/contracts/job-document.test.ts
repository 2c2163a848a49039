import { describe, expect, it } from 'vitest';
import { jobDocument } from '../../contracts/job-document';
import { qualifiedName, tablesOf } from '../../contracts/tables';
import { purchases } from './purchases';

const GOLD = { customer_purchase_summary: 'select 1' };

describe('the job document of purchases', () => {
  const document = jobDocument(purchases(), GOLD);

  it('has what the jobs read, and the contract itself', () => {
    const { dataset, version, columns, primaryKey, csv, models, document: contract } = purchases();
    const { businessRules, references, thresholds } = purchases();
    const { ddl, tables, views, ...rest } = document;
    const [model] = models;
    expect(rest).toEqual({
      dataset,
      version,
      columns,
      primaryKey,
      csv,
      businessRules,
      references,
      thresholds,
      models: [{ ...model, sql: 'select 1' }],
      contract,
    });
    expect(Object.keys(views)).toEqual(['silver.purchases', 'gold.customer_purchase_summary']);
    expect(Object.entries(tables)).toEqual(tablesOf(purchases()).map((table) => [qualifiedName(table), table.columns]));
    expect(Object.keys(ddl)).toEqual([
      'silver.purchases_by_file',
      'quarantine.purchases',
      'quality.purchases',
      'gold.customer_purchase_summary_by_day',
    ]);
  });

  it('creates each table where it is named', () => {
    for (const [name, sql] of Object.entries(document.ddl)) expect(sql).toContain(`create table if not exists ${name} (\n`);
  });

  it('is JSON', () => {
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it('is not made without the SQL of a model', () => {
    expect(() => jobDocument(purchases(), {})).toThrow(
      'the model customer_purchase_summary of purchases has no sql/gold/customer_purchase_summary.sql',
    );
  });
});
