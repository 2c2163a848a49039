import { StoredRun } from '../../contracts/run';
import { withDatabase } from '../database/connection';
import { withFailureNames } from '../failure/with-failure-names';
import { modelsOf } from './models';
import { upsert } from './upsert';

export const handler = withFailureNames(async (event: unknown): Promise<StoredRun> => {
  const run = StoredRun.parse(event);
  const models = modelsOf(run.dataset);
  const rows = await withDatabase(async (client) => {
    let total = 0;
    for (const { model, sql } of models) total += await upsert(client, model, sql, run.runId);
    return total;
  });
  return { ...run, rds: { rows } };
});
