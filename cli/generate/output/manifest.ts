import { z } from 'zod';
import { FileFormat } from '../../../contracts/file-format';
import { DIMENSIONS } from '../../../contracts/scores';

const Count = z.int().nonnegative();
const byDimension = <Schema extends z.ZodType>(schema: Schema) => z.record(z.enum(DIMENSIONS), schema);

const GeneratedFile = z.object({
  name: z.string(),
  dataset: z.string(),
  /** From 0. */
  batch: Count,
  /** The batch's last day. */
  date: z.string(),
  format: FileFormat,
  rows: Count,
  bytes: Count,
  sha256: z.string(),
  /** Of the batch before: rows that come late, and rows that mend one of its file. */
  late: Count,
  corrections: Count,
  defects: byDimension(Count),
  /** What Assay must find. */
  scores: byDimension(z.object({ passed: Count, total: Count })),
  expected: z.object({ read: Count, published: Count, quarantined: Count, deduplicated: Count }),
});
export type GeneratedFile = z.infer<typeof GeneratedFile>;

/** What was generated, and how to generate it again. */
export const Manifest = z.object({
  generator: z.literal('assay generate'),
  seed: z.int(),
  sizes: z.object({ customers: Count, products: Count, orders: Count, webEvents: Count }),
  from: z.string(),
  to: z.string(),
  batches: Count,
  format: z.enum([...FileFormat.options, 'mixed']),
  /** Shares of a file's rows. */
  defects: byDimension(z.number()),
  files: z.array(GeneratedFile),
  /** By day, what the order lines add up to that are in force when every file was loaded, in Australian dollars. */
  lineAmounts: z.record(z.string(), z.string()),
});
export type Manifest = z.infer<typeof Manifest>;
