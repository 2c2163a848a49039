import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { InvariantBroken, QueryFailed } from '../../../contracts/errors';
import type { RefreshState } from '../../../contracts/refresh';
import { useWarehouse } from '../redshift/warehouse';

useWarehouse();
let query: (sql: string) => Promise<unknown[][]>;
let run: (...sql: string[]) => Promise<void>;
let call: (state: object, refreshId?: string, attempt?: number) => Promise<RefreshState>;

beforeAll(async () => {
  const statements = await import('../../../lambdas/redshift/run-batch');
  const { handler } = await import('../../../lambdas/refresh-models/index');
  ({ query } = statements);
  run = (...sql) => statements.runBatch(sql, randomUUID());
  call = (state, refreshId = randomUUID(), attempt = 0) => handler({ refreshId, attempt, state });
});

/** As the state machine does. */
async function toItsEnd(input: object, refreshId = randomUUID()): Promise<RefreshState> {
  let state = await call(input, refreshId);
  while (!state.isDone) state = await call(state, refreshId);
  return state;
}

const customer = (id: string) => `insert into staging.customers
  (customer_id, changed_at, first_name, last_name, segment, _run_id, _silver_sequence, _is_deleted)
  values ('${id}', '2025-01-01 00:00:00', 'Ada', 'Lovelace', 'consumer', '${id}', 1, false)`;
const load = (run: string, dataset = 'customers') =>
  `insert into staging.load_ledger values ('${run}', '${dataset}', 1, getdate())`;
/** Two lines with one key, which staging never has. */
const twice = (id: string) => {
  const line = `('${id}', 1, 'P1', '2025-02-01 00:00:00', 1, 1, 0, 1, '${id}', 1, false)`;
  return `insert into staging.order_items
  (order_id, line_number, product_id, ordered_at, quantity, unit_price, discount_amount, line_amount, _run_id, _silver_sequence, _is_deleted)
  values ${line}, ${line}`;
};
const changes = ({ models }: RefreshState) =>
  models
    .filter(({ rowsAdded, rowsRemoved }) => (rowsAdded ?? 0) + (rowsRemoved ?? 0) > 0)
    .map(({ name, rowsAdded }) => [name, rowsAdded]);

describe('a refresh', () => {
  it('with nothing new does nothing', async () => {
    expect(await toItsEnd({})).toEqual({ full: false, isDone: true, loads: 0, models: [] });
  });

  it('takes a load in once, and says what it changed', async () => {
    await run(customer('C1'), load('C1'));
    const refreshId = randomUUID();
    const first = await toItsEnd({}, refreshId);
    expect(first).toMatchObject({ full: false, isDone: true, loads: 1 });
    expect(changes(first)).toEqual([['dim_customer', 1]]);
    expect(first.models.every(({ status, seconds }) => status === 'succeeded' && seconds !== null)).toBe(true);
    expect(await toItsEnd({})).toMatchObject({ loads: 0, models: [] });
    // The state machine asks again, its answer lost: the same transaction.
    const again = await toItsEnd({}, refreshId);
    expect({ ...again, models: changes(again) }).toMatchObject({ loads: 1, models: [['dim_customer', 1]] });
    expect(await query(`select count(*) from core.refresh_ledger where refresh_id = '${refreshId}'`)).toEqual([[1]]);
  });

  it('in full builds everything again, with the same keys', async () => {
    const keys = () => query('select customer_key, customer_id from core.dim_customer order by 1');
    const before = await keys();
    const state = await toItsEnd({ full: true });
    expect(state).toMatchObject({ full: true, loads: 1 });
    expect(changes(state)).toEqual([['dim_customer', 1]]);
    expect(await keys()).toEqual(before);
    expect(before).toHaveLength(2);
  });

  it('that breaks an invariant says which, and commits nothing', async () => {
    await run(customer('C2'), load('C2'), twice('O1'), load('O1', 'order_items'));
    const refreshId = randomUUID();
    const error = await toItsEnd({}, refreshId).then(String, (thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvariantBroken);
    expect(String(error)).toContain(
      'invariant fact_sales_amount does not hold: 2 found, such as 2025-02-01; nothing of the refresh was committed',
    );
    expect(await query(`select count(*) from core.refresh_ledger where refresh_id = '${refreshId}'`)).toEqual([[0]]);
    expect(await query("select count(*) from core.dim_customer where customer_id = 'C2'")).toEqual([[0]]);
  });

  it('begins another transaction when it is tried again after the first failed', async () => {
    const refreshId = randomUUID();
    await run(customer('C3'), load('C3'));
    const { submit } = await import('../../../lambdas/redshift/run-batch');
    const statementId = await submit(['select * from core.not_there'], randomUUID());
    await expect(call({ statementId }, refreshId)).rejects.toThrow(QueryFailed);
    await run("delete from staging.order_items where order_id = 'O1'");
    let state = await call({ statementId }, refreshId, 1);
    while (!state.isDone) state = await call(state, refreshId, 1);
    expect(state).toMatchObject({ isDone: true, loads: 3 });
  });
});
