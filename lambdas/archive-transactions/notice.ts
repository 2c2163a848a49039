import { z } from 'zod';
import { JobEnd } from '../message/job-end';

const RunId = z.string().regex(/^[0-9a-f]{64}$/);

/** The sweep's: a run has loaded its file, and no word came of its last job. */
const LeftBehind = z.object({ 'detail-type': z.literal('Archive Left Behind'), detail: z.object({ run: RunId }) });

/** What SNS puts into the queue of report-job's message. What people read there is for people: the attributes tell. */
const Notification = z.object({
  Type: z.literal('Notification'),
  MessageAttributes: z.object({
    job: z.object({ Value: z.string() }),
    state: z.object({ Value: JobEnd }),
    // Absent of a run that was started by hand.
    run: z.object({ Value: RunId }).optional(),
  }),
});

/** A word that a file may be ready for its archive. */
export interface Notice {
  /** Undefined: nothing that the ledger knows. */
  readonly run: string | undefined;
  /** Undefined: it does not matter which job has ended, and how. */
  readonly job: { readonly name: string; readonly end: JobEnd } | undefined;
}

export function parseNotice(body: string): Notice {
  const message: unknown = JSON.parse(body);
  const leftBehind = LeftBehind.safeParse(message);
  if (leftBehind.success) return { run: leftBehind.data.detail.run, job: undefined };
  const { job, state, run } = Notification.parse(message).MessageAttributes;
  return { run: run?.Value, job: { name: job.Value, end: state.Value } };
}
