import { z } from 'zod';
import { StoredRun } from '../../contracts/run';
import { withDatabase } from '../database/connection';
import { withFailureNames } from '../failure/with-failure-names';
import { upsert } from './upsert';
import { upsertOf } from './upserts';

/** The run, and the dataset's models that go to this database. */
const UpsertRequest = z.object({ run: StoredRun, models: z.array(z.string()) });

export const handler = withFailureNames(async (event: unknown): Promise<StoredRun> => {
  const { run, models } = UpsertRequest.parse(event);
  const upserts = models.map((model) => ({ model, sql: upsertOf(model) }));
  const rows = await withDatabase(async (client) => {
    let total = 0;
    for (const { model, sql } of upserts) total += await upsert(client, model, sql, run.runId);
    return total;
  });
  return { ...run, rds: { rows } };
});
