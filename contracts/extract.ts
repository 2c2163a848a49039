import { createHash } from 'node:crypto';
import { z } from 'zod';

const Moment = z.iso.datetime({ offset: true });

/** What a state machine that extracts from an API starts with. */
export const ExtractInput = z.object({
  /** Everything that was changed since then. @default since the last complete extract */
  since: Moment.optional(),
  /** Everything that there is. */
  full: z.boolean().default(false),
});
export type ExtractInput = z.infer<typeof ExtractInput>;

/** What travels through its states. */
export const ExtractState = ExtractInput.extend({
  extractId: z.string().min(1),
  startedAt: z.iso.datetime(),
  /** The changes from then on were asked for; null: everything. */
  from: z.iso.datetime().nullable(),
  isComplete: z.boolean(),
  /** How long to let the API be before the next call, in seconds. */
  waitSeconds: z.int().nonnegative(),
  /** Requests' pages that were kept so far, those of readings that were given up too. */
  pages: z.int().nonnegative(),
  /** Different records of the reading that counts. */
  records: z.int().nonnegative(),
  /** s3://bucket/key */
  manifest: z.string().startsWith('s3://'),
});
export type ExtractState = z.infer<typeof ExtractState>;

/** `manifest.json` of an extract, written when all of it is there. */
export const ExtractManifest = z.object({
  extractId: z.string().min(1),
  source: z.string().min(1),
  startedAt: z.iso.datetime(),
  from: z.iso.datetime().nullable(),
  /** Up to when changes are known by it; null when nothing was ever changed. */
  to: z.iso.datetime().nullable(),
  records: z.int().nonnegative(),
  /** How often all pages were read until they fitted together. */
  readings: z.int().positive(),
  /** Those of the last reading, in their order. */
  pages: z.array(z.object({ key: z.string(), sha256: z.string().regex(/^[0-9a-f]{64}$/), records: z.int().nonnegative() })),
});
export type ExtractManifest = z.infer<typeof ExtractManifest>;

/** A file that the extract put into the inbox. */
export const ExtractedFile = z.object({
  dataset: z.string(),
  bucket: z.string(),
  key: z.string(),
  versionId: z.string(),
  rows: z.int().positive(),
  size: z.int().positive(),
});
export type ExtractedFile = z.infer<typeof ExtractedFile>;

/** `flattened.json` of an extract: its files. */
export const FlattenedExtract = z.object({ files: z.array(ExtractedFile) });

/** What the state machine ends with. */
export const ExtractResult = ExtractState.extend({
  /** Where the next extract begins, by what all extracts until now have brought; null: at the beginning. */
  next: z.iso.datetime().nullable(),
  files: z.array(ExtractedFile),
});
export type ExtractResult = z.infer<typeof ExtractResult>;

/**
 * The id of an execution's extract. It is the suffix of its files' names, so it is short, and never begins with digits, which
 * would look like a second date.
 */
export function extractIdOf(executionName: string): string {
  return `x${createHash('sha256').update(executionName).digest('hex').slice(0, 15)}`;
}
