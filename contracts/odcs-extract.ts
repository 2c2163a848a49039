import { z } from 'zod';
import { RowsPath, ValuePath } from './extract-path';
import { closed } from './odcs-parts';

/** That a dataset's files are made of the records of an API, and how. */
export const Extract = closed({
  /** Whose records: all datasets of one source are made of the same. */
  source: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'expected a lower-case letter, then at most 39 lower-case letters, digits and -'),
  /** Where in a record the rows are. */
  rows: RowsPath.default(''),
  /** Keys beside the columns of the source's contracts: left away, or a reason to refuse the row. */
  unknownKeys: z.enum(['ignored', 'refused']),
  /** Of the dataset whose rows are the records: when a record was changed last. */
  changedAt: ValuePath.exactOptional(),
});
export type Extract = Readonly<z.infer<typeof Extract>>;
