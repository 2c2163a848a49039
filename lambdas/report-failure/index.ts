import { z } from 'zod';
import { FailureReport, type ReceivedRun } from '../../contracts/run';
import { reportedError } from '../failure/reported-error';
import { withFailureNames } from '../failure/with-failure-names';
import { closeContent, closeFile } from '../ledger/progress';
import { tellOrLog } from '../lineage/tell-or-log';
import { publishOrLog } from '../message/publish-or-log';
import { failureMessage } from '../message/run-messages';
import { whereabouts } from '../message/whereabouts';
import { recordScores } from '../message/score-metrics';

const Settings = z.object({ FAILURE_TOPIC_ARN: z.string().min(1) });

export const handler = withFailureNames(async (event: unknown): Promise<void> => {
  const { FAILURE_TOPIC_ARN: topic } = Settings.parse(process.env);
  const { step, failure, run, executionArn } = FailureReport.parse(event);
  const error = reportedError(step, failure);
  const end = { status: 'failed', endedAt: new Date().toISOString(), executionArn, error } as const;
  const item = await closeFile(run.runId, end);
  if (item) recordScores(item);
  await closeContent(run.dataset, run.sha256, run.runId, 'failed');
  await publishOrLog(topic, failureMessage(item ?? fileOf(run), error, whereabouts(error, run), executionArn));
  await tellOrLog({ eventType: 'FAIL', run, error });
});

/** What the run document says of the file, should the ledger not know the run. */
function fileOf({ runId: id, dataset, bucket, source }: ReceivedRun) {
  return { id, dataset, bucket, key: source.key, versionId: source.versionId };
}
