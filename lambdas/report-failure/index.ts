import { z } from 'zod';
import { FailureReport } from '../../contracts/run';
import { reportedError } from '../failure/reported-error';
import { withFailureNames } from '../failure/with-failure-names';
import { closeContent, closeFile } from '../ledger/progress';
import { publishOrLog } from '../message/publish-or-log';
import { failureMessage } from '../message/run-messages';
import { whereabouts } from './whereabouts';

const Settings = z.object({ FAILURE_TOPIC_ARN: z.string().min(1) });

export const handler = withFailureNames(async (event: unknown): Promise<void> => {
  const { FAILURE_TOPIC_ARN: topic } = Settings.parse(process.env);
  const { step, failure, run, executionArn } = FailureReport.parse(event);
  const error = reportedError(step, failure);
  await closeFile(run.runId, { status: 'failed', endedAt: new Date().toISOString(), executionArn, error });
  await closeContent(run.dataset, run.sha256, run.runId, 'failed');
  await publishOrLog(topic, failureMessage({ id: run.runId, ...run }, error, whereabouts(error), executionArn));
});
