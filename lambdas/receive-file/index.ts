import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { isFolderMarker, parseArrival } from './arrival';
import { carryOn } from './carry-on';
import { enterArrival } from './enter-arrival';
import { failedRecords } from './failed-records';
import { settings } from './settings';

export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const configuration = settings();
  const failed = await failedRecords(Records, async (record) => {
    const arrival = parseArrival(record);
    if (isFolderMarker(arrival)) return;
    const item = await enterArrival(arrival, configuration.routes);
    if (item) await carryOn(item, arrival.messageId, configuration);
  });
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};
