import { z } from 'zod';
import { SuccessReport, type ArchivedRun } from '../../contracts/run';
import { withFailureNames } from '../failure/with-failure-names';
import { publishOrLog } from '../message/publish-or-log';
import { successMessage } from '../message/run-messages';
import { recordSuccess } from './record-success';
import { removeCopies } from './remove-copies';

const Settings = z.object({ SUCCESS_TOPIC_ARN: z.string().min(1) });

export const handler = withFailureNames(async (event: unknown): Promise<ArchivedRun> => {
  const { SUCCESS_TOPIC_ARN: topic } = Settings.parse(process.env);
  const { run, executionArn } = SuccessReport.parse(event);
  const { rows, copies } = await recordSuccess(run, executionArn);
  await removeCopies(copies);
  await publishOrLog(topic, successMessage({ id: run.runId, ...run }, rows, executionArn));
  return run;
});
