import type { Message } from '../message/publish';
import type { InboxObject } from './list-inbox';
import type { Settings } from './settings';

const SHOWN = 20;

/** Files that nobody has mended or taken away. */
export function overdueMessage(files: readonly InboxObject[], { alertAfterMs }: Settings, now: Date): Message {
  const oldestFirst = [...files].sort((one, other) => one.lastModified.getTime() - other.lastModified.getTime());
  const hours = Math.round(alertAfterMs / 3_600_000);
  const lines = oldestFirst.slice(0, SHOWN).map(({ bucket, key, lastModified }) => {
    const age = Math.floor((now.getTime() - lastModified.getTime()) / 3_600_000);
    return `s3://${bucket}/${key}: ${age} hours`;
  });
  return {
    subject: `inbox: ${files.length} file(s) older than ${hours} hours`,
    lines: [
      `Files that lie in the inbox for more than ${hours} hours: ${files.length}`,
      ...lines,
      ...(files.length > SHOWN ? [`and ${files.length - SHOWN} more`] : []),
      'Each was refused, or its run failed: see the alert about it. Mend and drop it again, or delete it.',
    ],
    attributes: { status: 'overdue' },
  };
}
