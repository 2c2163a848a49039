import type { ReceivedRun } from '../../contracts/run';

/** S3 allows 1,024 bytes. */
const MAX_KEY_BYTES = 1024;

type DatedRun = Pick<ReceivedRun, 'outcome' | 'runId' | 'source' | 'format' | 'year' | 'month' | 'day'>;

/**
 * Where a run's file is kept under a prefix, by its ingestion date: in bronze the dataset's name, in the archive the
 * contract's prefix. Released rows lie beside the file that they are of.
 */
export function keyByDay(prefix: string, run: DatedRun): string {
  const name = run.outcome === 'release' ? `releases/${run.runId}.${run.format}` : run.source.key;
  return `${prefix}/year=${run.year}/month=${run.month}/day=${run.day}/${name}`;
}

/**
 * Where a file that no contract knows is kept. Segments that would lead a download out of its folder ("..", "." and empty
 * ones) are spelt out, and of a key that would get too long only the name is kept, under the run's id.
 */
export function unmatchedKey(key: string, runId: string): string {
  const safe = `unmatched/${key.split('/').map(safeSegment).join('/')}`;
  if (Buffer.byteLength(safe) <= MAX_KEY_BYTES) return safe;
  const short = `unmatched/${runId}/${safe.slice(safe.lastIndexOf('/') + 1)}`;
  return Buffer.byteLength(short) <= MAX_KEY_BYTES ? short : `unmatched/${runId}`;
}

function safeSegment(segment: string): string {
  if (segment === '') return '%00';
  return segment === '.' || segment === '..' ? segment.replaceAll('.', '%2E') : segment;
}
