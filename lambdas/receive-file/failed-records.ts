import type { SQSRecord } from 'aws-lambda';
import { nameFailure } from '../failure/name-failure';
import { logger } from '../log/logger';

/** Handles the records side by side; those that failed go back to the queue, each alone, and in the end to its dead-letter queue. */
export async function failedRecords(
  records: readonly SQSRecord[],
  handle: (record: SQSRecord) => Promise<void>,
): Promise<SQSRecord[]> {
  const outcomes = await Promise.all(
    records.map(async (record) => {
      try {
        await handle(record);
        return [];
      } catch (error) {
        const failure = nameFailure(error);
        logger.error(failure.message, { errorName: failure.name, messageId: record.messageId });
        return [record];
      }
    }),
  );
  return outcomes.flat();
}
