import { z } from 'zod';
import { withFailureNames } from '../failure/with-failure-names';
import { readFileItem } from '../ledger/table';
import { publish } from '../message/publish';
import { jobMessage } from './job-message';
import { readJobRun } from './read-job-run';
import { StateChange } from './state-change';

const Settings = z.object({ JOB_TOPIC_ARN: z.string().min(1) });

/** Not published, it fails: the event is tried again, and in the end kept in the dead-letter queue. */
export const handler = withFailureNames(async (event: unknown): Promise<void> => {
  const { JOB_TOPIC_ARN: topic } = Settings.parse(process.env);
  const change = StateChange.parse(event);
  const job = await readJobRun(change.detail);
  const item = job.run === undefined ? undefined : await readFileItem(job.run);
  await publish(topic, jobMessage(change, job, item));
});
