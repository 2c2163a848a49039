import { z } from 'zod';
import { withFailureNames } from '../failure/with-failure-names';
import { readFileItem } from '../ledger/table';
import { closeIfCutOff } from './close-if-cut-off';
import { settings } from './settings';
import { sweep, type Swept } from './sweep';

const ExecutionEnded = z.object({
  'detail-type': z.literal('Step Functions Execution Status Change'),
  /** The execution's name is the run's id. */
  detail: z.object({ name: z.string(), executionArn: z.string() }),
});

/** Once a day, for the whole inbox; and at once for an execution that ended without having reported itself. */
export const handler = withFailureNames(async (event: unknown): Promise<Swept | undefined> => {
  const ended = ExecutionEnded.safeParse(event);
  if (!ended.success) return sweep(settings(), new Date());
  const item = await readFileItem(ended.data.detail.name);
  if (item) await closeIfCutOff(item, ended.data.detail.executionArn, settings());
  return undefined;
});
