import { z } from 'zod';
import { Column } from '../../contracts/column';
import { ReceivedRun } from '../../contracts/run';

const ROW_NUMBER: Column = {
  name: '_row',
  type: 'bigint',
  required: true,
  isPersonal: false,
  cleanings: [],
  rules: {},
};

/** What validation needs to know of a contract. */
const AgreedFile = z.object({
  columns: z.array(Column).min(1),
  csv: z.object({
    delimiter: z.string(),
    quote: z.string(),
    maxFieldBytes: z.number(),
    header: z.enum(['required', 'optional']).default('required'),
  }),
  /** Absent: as large as S3 allows. */
  maxBytes: z.number().default(Infinity),
  /** Whether a file of which no row fits is another file. Released rows were bad before. */
  mustFit: z.boolean().default(true),
});
export type AgreedFile = z.infer<typeof AgreedFile>;

/** What the state machine says of the dataset's files, with the run. */
export const ValidationRequest = z.object({ run: ReceivedRun, agreed: AgreedFile });

/** Of files with released rows: they say also which row each is. */
export function withRowNumbers(agreed: AgreedFile): AgreedFile {
  return { ...agreed, columns: [ROW_NUMBER, ...agreed.columns], mustFit: false };
}
