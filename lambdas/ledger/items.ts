import { createHash } from 'node:crypto';
import { z } from 'zod';

export const RunStatus = z.enum(['claimed', 'running', 'succeeded', 'failed', 'skipped']);
export type RunStatus = z.infer<typeof RunStatus>;

export const RowCounts = z.object({
  read: z.number(),
  published: z.number(),
  quarantined: z.number(),
  deduplicated: z.number(),
});

export const RunError = z.object({ name: z.string(), cause: z.string(), step: z.string() });
export type RunError = z.infer<typeof RunError>;

/** What a file version is, was or became: one item a version. Times are ISO in UTC. */
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
  status: RunStatus,
  executionArn: z.string().optional(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  rows: RowCounts.optional(),
  error: RunError.optional(),
  note: z.string().optional(),
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

/** The id users see; also the execution's name, so one version can never start two executions. */
export function runIdOf(bucket: string, key: string, versionId: string): string {
  return createHash('sha256').update(`${bucket}\n${key}\n${versionId}`).digest('hex');
}

export function contentId(dataset: string, sha256: string): string {
  return `content#${dataset}#${sha256}`;
}
