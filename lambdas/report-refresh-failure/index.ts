import { z } from 'zod';
import { Failure } from '../../contracts/run';
import { reportedError } from '../failure/reported-error';
import { withFailureNames } from '../failure/with-failure-names';
import { publishOrLog } from '../message/publish-or-log';
import { refreshFailureMessage } from '../message/refresh-message';

const Settings = z.object({ FAILURE_TOPIC_ARN: z.string().min(1) });
const RefreshFailureReport = z.object({
  built: z.enum(['warehouse', 'snowflake']),
  step: z.string(),
  failure: Failure,
  executionArn: z.string(),
});

export const handler = withFailureNames(async (event: unknown): Promise<void> => {
  const { FAILURE_TOPIC_ARN: topic } = Settings.parse(process.env);
  const { built, step, failure, executionArn } = RefreshFailureReport.parse(event);
  await publishOrLog(topic, refreshFailureMessage(built, reportedError(step, failure), executionArn));
});
