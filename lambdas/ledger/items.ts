import { z } from 'zod';
import { FileFormat } from '../../contracts/file-format';
import { KeptVersion, Outcome, RowCounts, RunStatus } from '../../contracts/run';
import { FailedRule, SampleRow, Scores } from '../../contracts/scores';

export const RunError = z.object({ name: z.string(), cause: z.string(), step: z.string() });
export type RunError = z.infer<typeof RunError>;

/** What a file version is, was or became: one item a version, and one each replay or release. Times are ISO in UTC. */
export const FileItem = z.object({
  id: z.string(),
  /** 'unmatched' when no contract knows the file's name. */
  dataset: z.string(),
  bucket: z.string(),
  key: z.string(),
  versionId: z.string(),
  /** Absent, as the next three are, when the version was gone before it could be read. */
  size: z.number().optional(),
  /** Hexadecimal. */
  sha256: z.string().optional(),
  lastModified: z.string().optional(),
  ingestionDate: z.string().optional(),
  contractVersion: z.string().optional(),
  format: FileFormat.default('csv'),
  /** Absent when the file was refused before anything was decided. */
  outcome: Outcome.optional(),
  /** The run that a replay repeats, or whose rows are released. */
  of: z.string().optional(),
  /** Where the bytes are read from, when it is not the inbox; of a release these are other bytes. */
  stored: KeptVersion.extend({ size: z.number(), sha256: z.string() }).optional(),
  status: RunStatus,
  executionArn: z.string().optional(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  rows: RowCounts.optional(),
  scores: Scores.optional(),
  failedRules: z.array(FailedRule).optional(),
  samples: z.array(SampleRow).optional(),
  /** Where the archive keeps the bytes. */
  archive: KeptVersion.optional(),
  /** By which delivery the file is being moved into its archive, upon an event, and before what time, in seconds. */
  archiving: z.object({ by: z.string(), until: z.number() }).optional(),
  error: RunError.optional(),
  note: z.string().optional(),
  /** Runs that brought rows of this one back from quarantine. */
  releases: z.set(z.string()).optional(),
  /** In seconds: a claimed or running item that is older than this is looked after by the sweep. */
  leaseUntil: z.number().optional(),
  /**
   * The outcome stands, but what must follow from it (a copy, a message) is still to be done, by this delivery and before
   * this time, in seconds; later anyone may do it.
   */
  unsettled: z.object({ by: z.string(), until: z.number() }).optional(),
});
export type FileItem = z.infer<typeof FileItem>;

/** Who brought these bytes first, and what became of them: one item for each dataset and content. */
export const ContentItem = z.object({
  id: z.string(),
  runId: z.string(),
  key: z.string(),
  versionId: z.string(),
  status: RunStatus,
  /** Runs whose version has the same bytes and may leave the inbox once they are archived. */
  copies: z.set(z.string()).default(new Set<string>()),
});
export type ContentItem = z.infer<typeof ContentItem>;

/** The newest version of a name that was claimed: what it brought is in force, as soon as it has been published. */
export const NameItem = z.object({ id: z.string(), runId: z.string(), versionId: z.string(), lastModified: z.string() });
export type NameItem = z.infer<typeof NameItem>;

export function nameId({ bucket, key }: Pick<FileItem, 'bucket' | 'key'>): string {
  return `name#${bucket}#${key}`;
}

export function contentId(dataset: string, sha256: string): string {
  return `content#${dataset}#${sha256}`;
}
