import { z } from 'zod';
import { JobEnd } from '../message/job-end';

/** Glue's event at the end of a run. What else it says, GetJobRun says better. */
export const StateChange = z.object({
  'detail-type': z.literal('Glue Job State Change'),
  region: z.string().min(1),
  detail: z.object({ jobName: z.string().min(1), jobRunId: z.string().min(1), state: JobEnd }),
});
export type StateChange = z.infer<typeof StateChange>;
