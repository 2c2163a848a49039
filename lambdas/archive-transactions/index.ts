import type { SQSBatchItemFailure, SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { nameFailure } from '../failure/name-failure';
import { logger } from '../log/logger';
import { handleNotice } from './handle-notice';
import { settings, type Settings } from './settings';

/** One after the other: two messages about one file in a batch are then no rivals. */
export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const configuration = settings();
  const batchItemFailures: SQSBatchItemFailure[] = [];
  for (const record of Records)
    if (!(await isDone(record, configuration))) batchItemFailures.push({ itemIdentifier: record.messageId });
  return { batchItemFailures };
};

/** What fails goes back to the queue, alone, and in the end to its dead-letter queue. */
async function isDone(record: SQSRecord, configuration: Settings): Promise<boolean> {
  try {
    return await handleNotice(record, configuration);
  } catch (error) {
    const failure = nameFailure(error);
    logger.error(failure.message, { errorName: failure.name, messageId: record.messageId });
    return false;
  }
}
