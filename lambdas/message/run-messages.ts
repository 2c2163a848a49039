import type { FileItem, RunError } from '../ledger/items';
import { consoleLink } from './console-link';
import type { Message } from './publish';

type File = Pick<FileItem, 'id' | 'dataset' | 'bucket' | 'key' | 'versionId'>;

/** A file that was not loaded. */
export function failureMessage(file: File, error: RunError, whereabouts: string, executionArn?: string): Message {
  return {
    subject: `${file.dataset}: ${error.name} in ${error.step}`,
    lines: [
      ...fileLines(file),
      `Step: ${error.step}`,
      `Error: ${error.name}`,
      `Cause: ${error.cause}`,
      ...executionLines(executionArn),
      whereabouts,
    ],
    attributes: { dataset: file.dataset, status: 'failed', step: error.step, error: error.name },
  };
}

/** A file that is in the tables. */
export function successMessage(file: File, rows: FileItem['rows'], executionArn: string): Message {
  const counts = rows ?? { read: 0, published: 0, quarantined: 0, deduplicated: 0 };
  return {
    subject: `${file.dataset}: ${counts.published} rows published, ${counts.quarantined} quarantined`,
    lines: [
      ...fileLines(file),
      `Rows read: ${counts.read}`,
      `Rows published: ${counts.published}`,
      `Rows quarantined: ${counts.quarantined}`,
      `Rows deduplicated: ${counts.deduplicated}`,
      ...executionLines(executionArn),
      ...(counts.read === 0 ? ['The file has a header and no rows.'] : []),
    ],
    attributes: { dataset: file.dataset, status: 'succeeded' },
  };
}

/** A file that brought nothing new. */
export function skippedMessage(file: File & Pick<FileItem, 'note'>): Message {
  return {
    subject: `${file.dataset}: nothing to do, same bytes as before`,
    lines: [...fileLines(file), `Nothing was loaded: ${file.note ?? 'the same bytes were received before'}`],
    attributes: { dataset: file.dataset, status: 'skipped' },
  };
}

function fileLines(file: File): string[] {
  return [`Dataset: ${file.dataset}`, `File: s3://${file.bucket}/${file.key}`, `Version: ${file.versionId}`, `Run: ${file.id}`];
}

function executionLines(executionArn: string | undefined): string[] {
  return executionArn === undefined ? [] : [`Execution: ${executionArn}`, `Console: ${consoleLink(executionArn)}`];
}
