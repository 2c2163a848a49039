import { z } from 'zod';
import { FileFormat } from '../../contracts/file-format';
import { Outcome, RowCounts, RunStatus } from '../../contracts/run';
import { FailedRule, SampleRow, Scores } from '../../contracts/scores';

/** What the command line reads of the ledger's item of a file version. */
export const FileItem = z.object({
  id: z.string(),
  dataset: z.string(),
  bucket: z.string().optional(),
  key: z.string(),
  versionId: z.string(),
  lastModified: z.string().optional(),
  ingestionDate: z.string().optional(),
  outcome: Outcome.optional(),
  /** The run that a replay repeats, or whose rows are released. */
  of: z.string().optional(),
  archive: z.object({ bucket: z.string(), key: z.string(), versionId: z.string() }).optional(),
  /** The names of the file's columns, in its order. */
  header: z.array(z.string()).optional(),
  /** Absent of runs from before there was a choice: then it is CSV. */
  format: FileFormat.optional(),
  status: RunStatus,
  executionArn: z.string().optional(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  rows: RowCounts.optional(),
  scores: Scores.optional(),
  failedRules: z.array(FailedRule).optional(),
  samples: z.array(SampleRow).optional(),
  error: z.object({ name: z.string(), cause: z.string(), step: z.string().optional() }).optional(),
  note: z.string().optional(),
});
export type FileItem = z.infer<typeof FileItem>;

/** The ledger's dataset of files that no contract knows. */
export const UNMATCHED = 'unmatched';
