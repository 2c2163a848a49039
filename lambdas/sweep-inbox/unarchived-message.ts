import type { FileItem } from '../ledger/items';
import type { Message } from '../message/publish';

const SHOWN = 20;

/** Files that are loaded and lie where they came in, though they should be in their archive. */
export function unarchivedMessage(files: readonly Pick<FileItem, 'bucket' | 'key' | 'endedAt'>[]): Message {
  const shown = files.slice(0, SHOWN).map(({ bucket, key, endedAt = '' }) => `s3://${bucket}/${key}: loaded at ${endedAt}`);
  return {
    subject: `archive: ${files.length} loaded file(s) not archived yet`,
    lines: [
      `Files that are loaded, and that no event of a job has brought into the archive: ${files.length}`,
      ...shown,
      ...(files.length > SHOWN ? [`and ${files.length - SHOWN} more`] : []),
      'They are archived now. Of one that comes here again, the log of archive-transactions says why it was not.',
    ],
    attributes: { status: 'unarchived' },
  };
}
