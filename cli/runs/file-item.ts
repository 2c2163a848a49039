import { z } from 'zod';

const RowCounts = z.object({
  read: z.number(),
  published: z.number(),
  quarantined: z.number(),
  deduplicated: z.number(),
});
export type RowCounts = z.infer<typeof RowCounts>;

const Score = z.object({ passed: z.number(), total: z.number(), threshold: z.string() });
const Scores = z.object({ completeness: Score, validity: Score, accuracy: Score, consistency: Score });
export type Scores = z.infer<typeof Scores>;

/** What the command line reads of the ledger's item of a file version. */
export const FileItem = z.object({
  id: z.string(),
  dataset: z.string(),
  bucket: z.string().optional(),
  key: z.string(),
  versionId: z.string(),
  lastModified: z.string().optional(),
  ingestionDate: z.string().optional(),
  outcome: z.enum(['load', 'supersede', 'skip', 'duplicate', 'replay', 'release']).optional(),
  /** The run that a replay repeats, or whose rows are released. */
  of: z.string().optional(),
  archive: z.object({ bucket: z.string(), key: z.string(), versionId: z.string() }).optional(),
  /** The names of the file's columns, in its order. */
  header: z.array(z.string()).optional(),
  status: z.enum(['claimed', 'running', 'succeeded', 'failed', 'skipped']),
  executionArn: z.string().optional(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  rows: RowCounts.optional(),
  scores: Scores.optional(),
  failedRules: z.array(z.object({ rule: z.string(), column: z.string().optional(), rows: z.number() })).optional(),
  error: z.object({ name: z.string(), cause: z.string(), step: z.string().optional() }).optional(),
  note: z.string().optional(),
});
export type FileItem = z.infer<typeof FileItem>;

/** The ledger's dataset of files that no contract knows. */
export const UNMATCHED = 'unmatched';
