import { describe, expect, it } from 'vitest';
import type { Model } from '../../contracts/contract';
import { currentModelView, currentRowsView, prestoViewText, viewsOf } from '../../contracts/views';
import { purchases } from './purchases';

const [model] = purchases().models as [Model];

/** What Athena finds in the text that the catalog keeps. */
function definitionIn(text: string): { columns: { name: string; type: string }[] } & Record<string, unknown> {
  const [, base64 = ''] = /^\/\* Presto View: ([A-Za-z0-9+/=]+) \*\/$/.exec(text) ?? [];
  return JSON.parse(Buffer.from(base64, 'base64').toString('utf8')) as ReturnType<typeof definitionIn>;
}

describe('the views of purchases', () => {
  it('show the current rows of silver, their time without a zone', () => {
    const { columns, ...view } = currentRowsView(purchases());
    expect(view).toEqual({
      database: 'silver',
      name: 'purchases',
      sql:
        'select purchase_id, customer_id, first_name, last_name, email, product, quantity, amount_aud, purchase_date, ' +
        'ingestion_date, _source_key, _source_version, cast(_source_modified_at as timestamp) as _source_modified_at, ' +
        '_row_number, _run_id, _released_by from silver.purchases_by_file where _is_current',
    });
    expect(columns.map(({ name }) => name)).not.toContain('_is_current');
  });

  it('show the latest row of each key of gold', () => {
    expect(currentModelView(model).sql).toBe(
      'select customer_id, full_name, email, total_spent_aud, first_purchase_date, last_purchase_date, ingestion_date, ' +
        'year, month, day, _silver_sequence, _run_id from (select *, row_number() over (partition by customer_id ' +
        'order by ingestion_date desc) as _place from gold.customer_purchase_summary_by_day) as ranked where _place = 1',
    );
  });

  it.each(viewsOf(purchases()))('name $database.$name as many columns as they select', ({ sql, columns }) => {
    const selected = /^select (.*?) from /
      .exec(sql)?.[1]
      ?.split(', ')
      .map((column) => column.replace(/^.* as /, ''));
    expect(selected).toEqual(columns.map(({ name }) => name));
  });
});

describe('a view in the catalog', () => {
  it('is the SQL and the columns with the types that Trino knows', () => {
    const view = currentRowsView(purchases());
    const { columns, ...definition } = definitionIn(prestoViewText(view));
    expect(definition).toEqual({ originalSql: view.sql, catalog: 'awsdatacatalog', schema: 'silver' });
    expect(columns.map(({ name, type }) => `${name} ${type}`)).toEqual([
      'purchase_id varchar',
      'customer_id varchar',
      'first_name varchar',
      'last_name varchar',
      'email varchar',
      'product varchar',
      'quantity integer',
      'amount_aud decimal(18,2)',
      'purchase_date date',
      'ingestion_date date',
      '_source_key varchar',
      '_source_version varchar',
      '_source_modified_at timestamp',
      '_row_number bigint',
      '_run_id varchar',
      '_released_by varchar',
    ]);
  });
});
