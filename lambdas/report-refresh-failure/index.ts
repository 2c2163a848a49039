import { z } from 'zod';
import { Failure } from '../../contracts/run';
import { reportedError, taskLogStream } from '../failure/reported-error';
import { withFailureNames } from '../failure/with-failure-names';
import { publishOrLog } from '../message/publish-or-log';
import { refreshFailureMessage } from '../message/refresh-message';
import { failedNodes } from './failed-nodes';

const Settings = z.object({ FAILURE_TOPIC_ARN: z.string().min(1), DBT_LOG_GROUP: z.string().min(1) });
const RefreshFailureReport = z.object({
  built: z.enum(['warehouse', 'snowflake', 'concessions']),
  step: z.string(),
  failure: Failure,
  executionArn: z.string(),
});

export const handler = withFailureNames(async (event: unknown): Promise<void> => {
  const { FAILURE_TOPIC_ARN: topic, DBT_LOG_GROUP: logGroup } = Settings.parse(process.env);
  const { built, step, failure, executionArn } = RefreshFailureReport.parse(event);
  const stream = taskLogStream(failure);
  const failed = stream === undefined ? [] : await failedNodes(logGroup, stream);
  await publishOrLog(topic, refreshFailureMessage(built, reportedError(step, failure), executionArn, failed));
});
