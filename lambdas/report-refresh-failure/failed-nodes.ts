import { CloudWatchLogsClient, GetLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { awsClient } from '../aws/client';
import { logger } from '../log/logger';

const logs = awsClient(CloudWatchLogsClient);

/** How dbt ends its log: a line for each model and test that failed, with the file it is in. */
const FAILURE = /Failure in ((?:model|test|unit_test|seed|snapshot) \S+) \(([^)]+)\)/g;
/** What a message shows of them. */
const MAX_SHOWN = 10;

/** The models and tests that failed by the end of dbt's log, as `test unique_stg_sales (models/…)`; none where it cannot be read. */
export async function failedNodes(logGroupName: string, logStreamName: string): Promise<readonly string[]> {
  try {
    const { events = [] } = await logs.send(new GetLogEventsCommand({ logGroupName, logStreamName, startFromHead: false }));
    return nodesIn(events.map(({ message = '' }) => message).join('\n'));
  } catch (error) {
    // The report is about what failed before.
    logger.warn("dbt's log cannot be read", { logGroupName, logStreamName, error: String(error) });
    return [];
  }
}

export function nodesIn(log: string): readonly string[] {
  const found = [...new Set([...log.matchAll(FAILURE)].map(([, node, file]) => `${node} (${file})`))];
  const more = found.length - MAX_SHOWN;
  return more > 0 ? [...found.slice(0, MAX_SHOWN), `${more} more`] : found;
}
