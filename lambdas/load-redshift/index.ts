import { z } from 'zod';
import { Column } from '../../contracts/column';
import { StoredRun } from '../../contracts/run';
import { withFailureNames } from '../failure/with-failure-names';
import { load } from './load';

const Settings = z.object({ WORK_PATH: z.string().startsWith('s3://') });
const LoadRequest = z.object({
  run: StoredRun,
  table: z.object({ columns: z.array(Column).min(1), primaryKey: z.array(z.string()).min(1) }),
  /** Where SilverToChanges left the rows, below the work area. */
  changes: z.string().endsWith('/'),
  /** How often the state machine has tried before. */
  attempt: z.int().nonnegative(),
});

export const handler = withFailureNames(async (event: unknown): Promise<StoredRun> => {
  const { WORK_PATH: work } = Settings.parse(process.env);
  const { run, table, changes, attempt } = LoadRequest.parse(event);
  const { runId, dataset } = run;
  const rows = await load({ ...table, dataset, runId, path: `${work}/${changes}` }, attempt);
  return { ...run, redshift: { rows } };
});
