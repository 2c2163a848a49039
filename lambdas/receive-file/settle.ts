import { VersionGone } from '../../contracts/errors';
import type { FileItem } from '../ledger/items';
import { readContentItem } from '../ledger/table';
import { publish } from '../message/publish';
import { failureMessage, skippedMessage } from '../message/run-messages';
import { copyVerified } from '../s3/copy-verified';
import { unmatchedKey } from '../s3/keys';
import { removeVersion } from '../s3/remove-version';
import type { StoredFile } from '../s3/version';
import type { Settings } from './settings';

/** Draws the consequences of an outcome; repeated, it ends the same, with the message sent once more at worst. */
export async function settle(item: FileItem, settings: Settings): Promise<void> {
  if (item.status === 'skipped') {
    await removeIfKept(item);
    await publish(settings.successTopic, skippedMessage(item));
  } else if (item.error !== undefined) {
    const whereabouts = isStored(item) ? await quarantine(item, settings.quarantineBucket) : 'There is no file to keep.';
    await publish(settings.failureTopic, failureMessage(item, item.error, whereabouts));
  }
}

/** A copy leaves the inbox once the first run has loaded the bytes, which are in bronze then; until then that run's own end sees to it. */
async function removeIfKept(item: FileItem): Promise<void> {
  const first = item.sha256 === undefined ? undefined : await readContentItem(item.dataset, item.sha256);
  if (first?.status === 'succeeded') await removeVersion(item);
}

/** Moves a file out of the inbox, where nobody would look for it any more, and says where it is. */
async function quarantine(file: FileItem & StoredFile, bucket: string): Promise<string> {
  const key = unmatchedKey(file.key, file.id);
  try {
    await copyVerified(file, { bucket, key });
  } catch (error) {
    if (error instanceof VersionGone) return 'The file was deleted before it could be kept.';
    throw error;
  }
  await removeVersion(file);
  return `The file is kept at s3://${bucket}/${key}; the inbox no longer has it.`;
}

function isStored(item: FileItem): item is FileItem & StoredFile {
  return item.size !== undefined && item.sha256 !== undefined;
}
