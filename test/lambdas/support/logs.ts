import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  CreateLogStreamCommand,
  PutLogEventsCommand,
} from '@aws-sdk/client-cloudwatch-logs';

const logs = new CloudWatchLogsClient({});

/** A log as a task leaves it, in a group that is new. */
export async function writeLog(logGroupName: string, logStreamName: string, lines: readonly string[]): Promise<void> {
  await logs.send(new CreateLogGroupCommand({ logGroupName }));
  await logs.send(new CreateLogStreamCommand({ logGroupName, logStreamName }));
  const logEvents = lines.map((message) => ({ timestamp: Date.now(), message }));
  await logs.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents }));
}
