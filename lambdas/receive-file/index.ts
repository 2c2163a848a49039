import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { FileItem } from '../ledger/items';
import { readFileItem } from '../ledger/table';
import { isFolderMarker } from './arrival';
import { carryOn } from './carry-on';
import { enterArrival } from './enter-arrival';
import { enterRequest } from './enter-request';
import { failedRecords } from './failed-records';
import { parseMessage } from './message';
import { settings, type Route } from './settings';

export const handler = async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const configuration = settings();
  const failed = await failedRecords(Records, async (record) => {
    const item = await enter(record, configuration.routes);
    if (item) await carryOn(item, record.messageId, configuration);
  });
  return { batchItemFailures: failed.map(({ messageId }) => ({ itemIdentifier: messageId })) };
};

/** The ledger's item that the message is about; undefined when there is nothing to do. */
async function enter(record: SQSRecord, routes: readonly Route[]): Promise<FileItem | undefined> {
  const delivery = { messageId: record.messageId, now: new Date().toISOString() };
  const message = parseMessage(record);
  if (message.kind === 'left behind') return readFileItem(message.run);
  if (message.kind === 'request') return enterRequest(message.request, routes, delivery);
  return isFolderMarker(message.arrival) ? undefined : enterArrival(message.arrival, routes, delivery);
}
