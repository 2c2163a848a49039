import { describe, expect, it } from 'vitest';
import { keyOf, MODELS } from '../../../lambdas/warehouse/models';
import { modelCalled, procedureDdl, PROCEDURES } from '../../../lambdas/warehouse/procedures';
import { refreshStatements } from '../../../lambdas/warehouse/refresh-statements';

const DATA_API_STATEMENTS = 40;
const DATA_API_BYTES = 100_000;

describe('the procedures of a refresh', () => {
  it('keep to what the Data API takes', () => {
    const statements = refreshStatements({ refreshId: 'one', isFull: true });
    expect(statements.length).toBeLessThanOrEqual(DATA_API_STATEMENTS);
    for (const procedure of PROCEDURES) expect(Buffer.byteLength(procedureDdl(procedure))).toBeLessThan(DATA_API_BYTES);
  });

  it('are each called once, and all of them by a full refresh', () => {
    const calls = refreshStatements({ refreshId: 'one', isFull: true }).filter((sql) => sql.startsWith('call'));
    expect([...calls].sort()).toEqual(PROCEDURES.map(({ name }) => `call ${name}()`).sort());
    const incremental = refreshStatements({ refreshId: 'one', isFull: false }).filter((sql) => sql.startsWith('call'));
    expect(incremental).toEqual(calls.filter((sql) => sql !== 'call core.empty_models()'));
  });

  it('never end the transaction that they are in', () => {
    for (const { body } of PROCEDURES) expect(body).not.toMatch(/\b(commit|rollback|truncate)\b/i);
  });

  it('know their models', () => {
    const called = PROCEDURES.map(({ name }) => modelCalled(`call ${name}()`)).filter((name) => name !== undefined);
    expect(called.sort()).toEqual(MODELS.map(({ name }) => name).sort());
    expect(modelCalled('lock table core.refresh_ledger')).toBeUndefined();
  });

  it('declare variables before they begin', () => {
    const ddl = procedureDdl({ name: 'core.p', variables: ['n bigint'], body: 'select 1 into n;\n' });
    expect(ddl).toBe(
      'create or replace procedure core.p() as $$\ndeclare\nn bigint;\nbegin\nselect 1 into n;\nend;\n$$ language plpgsql',
    );
  });
});

describe('the key of a model', () => {
  it('is that of its table', () => {
    const keys = Object.fromEntries(MODELS.map((model) => [model.name, keyOf(model)]));
    expect(keys).toMatchObject({
      dim_customer: ['customer_key'],
      fact_sales: ['order_id', 'line_number'],
      stock_cover: ['product_id'],
    });
  });

  it('has to be there', () => {
    expect(() => keyOf({ schema: 'marts', name: 'dim_customer', sql: '' })).toThrow('no table marts.dim_customer');
  });
});
