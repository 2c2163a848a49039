import { z } from 'zod';
import { FileFormat } from './file-format';

const isoDate = z.iso.date();

/** What a file version comes to be for its dataset, decided when it is claimed. */
export const Outcome = z.enum([
  'load',
  /** Replaces what an earlier version of the file brought. */
  'supersede',
  /** The same bytes under the same name: nothing to do. */
  'skip',
  /** The same bytes under another name: reported, not loaded. */
  'duplicate',
  /** Loaded once more from the archive, because an operator says so. */
  'replay',
  /** Rows that come back from quarantine. */
  'release',
]);
export type Outcome = z.infer<typeof Outcome>;

export const RunStatus = z.enum(['claimed', 'running', 'succeeded', 'failed', 'skipped']);

/** What became of a file's rows: read = published + quarantined + deduplicated. */
export const RowCounts = z.object({
  read: z.number(),
  published: z.number(),
  quarantined: z.number(),
  deduplicated: z.number(),
});
export type RowCounts = z.infer<typeof RowCounts>;

/** What receive-file starts an execution with: one version of one file, its dataset and its ingestion date. */
export const ReceivedRun = z.object({
  /** SHA-256 of bucket, key and version: the execution's name, and the id that users see. */
  runId: z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in lower-case hexadecimal'),
  dataset: z.string().min(1),
  outcome: Outcome,
  /** The file version that the rows are of, wherever the bytes are read from. */
  source: z.object({ key: z.string().min(1), versionId: z.string().min(1), modifiedAt: z.iso.datetime() }),
  /** Where the bytes are: in the inbox; of a replay in the archive, of a release in quarantine. */
  bucket: z.string().min(1),
  key: z.string().min(1),
  versionId: z.string().min(1),
  /** Bytes. */
  size: z.int().nonnegative(),
  /** Of the bytes, hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/, 'expected a SHA-256 in lower-case hexadecimal'),
  /** What the bytes are written in. Runs from before there was a choice have CSV. */
  format: FileFormat.default('csv'),
  ingestionDate: isoDate,
  /** The ingestion date once more, padded, as partitions and prefixes name it. */
  year: z.string().regex(/^\d{4}$/),
  month: z.string().regex(/^\d{2}$/),
  day: z.string().regex(/^\d{2}$/),
  /** s3://bucket/key */
  path: z.string().startsWith('s3://'),
  contractVersion: z.string().min(1),
});
export type ReceivedRun = z.infer<typeof ReceivedRun>;

/** After ValidateFile. */
export const ValidatedRun = ReceivedRun.extend({
  /** The columns' names as the file has them, in its order. */
  header: z.array(z.string()),
  /** Lines of the file that are no rows: 1 where a CSV begins with its columns' names. */
  headerLines: z.union([z.literal(0), z.literal(1)]).default(1),
  delimiter: z.string().length(1),
});
export type ValidatedRun = z.infer<typeof ValidatedRun>;

/** A version of an object that is kept. */
export const KeptVersion = z.object({ bucket: z.string().min(1), key: z.string().min(1), versionId: z.string().min(1) });
export type KeptVersion = z.infer<typeof KeptVersion>;

/** After StoreBronze. */
export const StoredRun = ValidatedRun.extend({
  bronze: KeptVersion.extend({ path: z.string().startsWith('s3://') }),
  /** After UpsertRds, where the contract has the target. */
  rds: z.object({ rows: z.int().nonnegative() }).optional(),
  /** After LoadSnowflake, where the rows go there as they are: then with the time, for dbt. After PublishSnowflake otherwise. */
  snowflake: z.object({ rows: z.int().nonnegative(), loadedAt: z.iso.datetime().optional() }).optional(),
  /** After LoadRedshift. */
  redshift: z.object({ rows: z.int().nonnegative() }).optional(),
});
export type StoredRun = z.infer<typeof StoredRun>;

/** After ArchiveFile. */
export const ArchivedRun = StoredRun.extend({ archive: KeptVersion });
export type ArchivedRun = z.infer<typeof ArchivedRun>;

/** Before ReportSuccess: not archived yet where an event does that. */
export const LoadedRun = StoredRun.extend({ archive: KeptVersion.optional() });
export type LoadedRun = z.infer<typeof LoadedRun>;

/** What a Catch puts beside the run document. */
export const Failure = z.object({ Error: z.string(), Cause: z.string().default('') });
export type Failure = z.infer<typeof Failure>;

export const FailureReport = z.object({
  /** The state that failed. */
  step: z.string().min(1),
  failure: Failure,
  /** As far as the run had come. */
  run: ReceivedRun.loose(),
  executionArn: z.string().min(1),
});
export type FailureReport = z.infer<typeof FailureReport>;

export const SuccessReport = z.object({ run: LoadedRun, executionArn: z.string().min(1) });
export type SuccessReport = z.infer<typeof SuccessReport>;
