import { createHash } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import { QueryFailed } from '../../../contracts/errors';
import { TABLE, useWarehouse, type ChangedRow } from '../redshift/warehouse';

const { changes } = useWarehouse();
const runOf = (name: string) => createHash('sha256').update(name).digest('hex');
let query: (sql: string) => Promise<unknown[][]>;
let loadRun: (name: string, attempt?: number) => Promise<number>;

beforeAll(async () => {
  const { load } = await import('../../../lambdas/load-redshift/load');
  ({ query } = await import('../../../lambdas/redshift/run-batch'));
  loadRun = (name, attempt = 0) => {
    const runId = runOf(name);
    return load({ ...TABLE, runId, path: `s3://work/_work/${runId}/changes/` }, attempt);
  };
});

async function loaded(name: string, rows: readonly ChangedRow[]): Promise<number> {
  await changes(runOf(name), rows);
  return loadRun(name);
}

const staged = (ids: string) =>
  query(`select id, pieces, _silver_sequence, _is_deleted from staging.returns where id like '${ids}%' order by id`);

describe('a load of the warehouse', () => {
  it('merges the rows and tells of them in the ledger, once however often it is called', async () => {
    const rows = [
      { id: 'a1', pieces: 1, sequence: 5 },
      { id: 'a2', pieces: null, sequence: 5 },
    ];
    expect(await loaded('once', rows)).toBe(2);
    expect(await loadRun('once')).toBe(2);
    expect(await loadRun('once', 1)).toBe(2);
    expect(await staged('a')).toEqual([
      ['a1', 1, 5, false],
      ['a2', null, 5, false],
    ]);
    const ledger = await query(`select dataset, rows_merged from staging.load_ledger where run_id = '${runOf('once')}'`);
    expect(ledger).toEqual([['returns', 2]]);
    expect(await query('select count(*) from "raw".returns')).toEqual([[0]]);
  });

  it('gives way to what has seen more of silver, whichever comes first', async () => {
    await loaded('later', [
      { id: 'b1', pieces: 2, sequence: 9 },
      { id: 'b2', pieces: null, sequence: 9, isDeleted: true },
    ]);
    const earlier = [
      { id: 'b1', pieces: 1, sequence: 8 },
      { id: 'b2', pieces: 1, sequence: 8 },
      { id: 'b3', pieces: 1, sequence: 8 },
    ];
    expect(await loaded('earlier', earlier)).toBe(1);
    expect(await staged('b')).toEqual([
      ['b1', 2, 9, false],
      ['b2', null, 9, true],
      ['b3', 1, 8, false],
    ]);
  });

  it('of two runs at once takes both', async () => {
    await Promise.all([
      changes(runOf('one'), [{ id: 'c1', pieces: 1, sequence: 3 }]),
      changes(runOf('other'), [{ id: 'c1', pieces: 2, sequence: 4 }]),
    ]);
    await Promise.all([loadRun('one'), loadRun('other')]);
    expect(await staged('c')).toEqual([['c1', 2, 4, false]]);
  });

  it('that fails leaves nothing, says which statement it was, and can be tried again', async () => {
    await expect(loadRun('without a file')).rejects.toThrow(QueryFailed);
    await expect(loadRun('without a file', 1)).rejects.toThrow('statement 3 of 7');
    expect(await query(`select count(*) from staging.load_ledger where run_id = '${runOf('without a file')}'`)).toEqual([[0]]);
    await changes(runOf('without a file'), [{ id: 'd1', pieces: 1, sequence: 3 }]);
    expect(await loadRun('without a file', 2)).toBe(1);
  });
});
