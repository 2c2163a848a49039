import { z } from 'zod';

const RowCounts = z.object({
  read: z.number(),
  published: z.number(),
  quarantined: z.number(),
  deduplicated: z.number(),
});
export type RowCounts = z.infer<typeof RowCounts>;

/** What the command line reads of the ledger's item of a file version. */
export const FileItem = z.object({
  id: z.string(),
  dataset: z.string(),
  key: z.string(),
  versionId: z.string(),
  ingestionDate: z.string().optional(),
  status: z.enum(['claimed', 'running', 'succeeded', 'failed', 'skipped']),
  executionArn: z.string().optional(),
  startedAt: z.string(),
  endedAt: z.string().optional(),
  rows: RowCounts.optional(),
  error: z.object({ name: z.string(), cause: z.string(), step: z.string().optional() }).optional(),
  note: z.string().optional(),
});
export type FileItem = z.infer<typeof FileItem>;

/** The ledger's dataset of files that no contract knows. */
export const UNMATCHED = 'unmatched';
