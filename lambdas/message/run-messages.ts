import type { FileItem, RunError } from '../ledger/items';
import { BelowThreshold } from '../../contracts/errors';
import { failedRuleText, scoreOf, scoreText } from '../../contracts/scores';
import { executionLines } from './execution-lines';
import type { Message } from './publish';

type File = Pick<FileItem, 'id' | 'dataset' | 'bucket' | 'key' | 'versionId'>;
type Findings = Pick<FileItem, 'scores' | 'failedRules' | 'samples'>;

/** A file that was not loaded. */
export function failureMessage(file: File & Findings, error: RunError, whereabouts: string, executionArn?: string): Message {
  return {
    subject: `${file.dataset}: ${error.name} in ${error.step}`,
    lines: [
      ...fileLines(file),
      `Step: ${error.step}`,
      `Error: ${error.name}`,
      `Cause: ${error.cause}`,
      ...(error.name === BelowThreshold.name ? findingLines(file) : []),
      ...executionLines(executionArn),
      whereabouts,
    ],
    attributes: { dataset: file.dataset, status: 'failed', step: error.step, error: error.name },
  };
}

/** A file that is in the tables. */
export function successMessage(file: File & Pick<FileItem, 'rows' | 'note' | 'outcome' | 'of'>, executionArn: string): Message {
  const counts = file.rows ?? { read: 0, published: 0, quarantined: 0, deduplicated: 0 };
  return {
    subject: `${file.dataset}: ${counts.published} rows published, ${counts.quarantined} quarantined`,
    lines: [
      ...fileLines(file),
      ...(file.of === undefined ? [] : [`A ${file.outcome ?? 'repetition'} of run ${file.of}.`]),
      `Rows read: ${counts.read}`,
      `Rows published: ${counts.published}`,
      `Rows quarantined: ${counts.quarantined}`,
      `Rows deduplicated: ${counts.deduplicated}`,
      ...executionLines(executionArn),
      ...(counts.read === 0 ? ['The file has a header and no rows.'] : []),
      ...(file.note === undefined ? [] : [`Note: ${file.note}`]),
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

/** What the quality gate found: scores, the rules that failed most, some rows. */
function findingLines({ scores, failedRules = [], samples = [] }: Findings): string[] {
  return [
    ...Object.entries(scores ?? {}).map(
      ([name, score]) =>
        `${name}: ${scoreText(scoreOf(score))} (${score.passed} of ${score.total}), at least ${score.threshold} is agreed`,
    ),
    ...failedRules.map(failedRuleText),
    ...samples.map(({ line, text }) => `line ${line}: ${text}`),
  ];
}
