import type { SQSRecord } from 'aws-lambda';
import { takeArchiving } from '../ledger/archiving';
import { readFileItem } from '../ledger/table';
import { logger } from '../log/logger';
import { archive } from './archive';
import { comeBack } from './come-back';
import { decide } from './decide';
import { parseNotice } from './notice';
import type { Settings } from './settings';

/** Longer than this function may run, so that a delivery which still lives is never overtaken. */
const LEASE_SECONDS = 6 * 60;

/** Does what follows from a message. False: not yet known, or another delivery is at it; the message has to come again. */
export async function handleNotice(record: SQSRecord, settings: Settings): Promise<boolean> {
  const notice = parseNotice(record.body);
  const decision = decide(notice, notice.run === undefined ? undefined : await readFileItem(notice.run), settings);
  if (decision.kind === 'nothing to do') {
    logger.info('nothing to archive', { ...notice, reason: decision.reason });
    return true;
  }
  const now = Math.floor(Date.now() / 1000);
  const isOurs =
    decision.kind === 'archive' && (await takeArchiving(decision.file.id, record.messageId, now, now + LEASE_SECONDS));
  if (!isOurs) {
    await comeBack(settings.queueUrl, record);
    return false;
  }
  const kept = await archive(decision.file, decision.prefix, settings);
  logger.info('archived', { run: decision.file.id, ...kept });
  return true;
}
