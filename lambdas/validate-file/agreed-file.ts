import { z } from 'zod';
import { Column } from '../../contracts/column';
import type { ReceivedRun } from '../../contracts/run';

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
  csv: z.object({ delimiter: z.string(), quote: z.string(), maxFieldBytes: z.number() }),
  /** Absent: as large as S3 allows. */
  maxBytes: z.number().default(Infinity),
  /** Whether a file of which no row fits is another file. Released rows were bad before. */
  mustFit: z.boolean().default(true),
});
export type AgreedFile = z.infer<typeof AgreedFile>;

const Settings = z.object({
  CONTRACTS: z.string().transform((text) => z.record(z.string(), AgreedFile).parse(JSON.parse(text))),
});

/** What the dataset's contract says about its files; those with released rows say also which row each is. */
export function agreedFile({ dataset, outcome }: Pick<ReceivedRun, 'dataset' | 'outcome'>): AgreedFile {
  const contract = Settings.parse(process.env).CONTRACTS[dataset];
  if (contract === undefined) throw new Error(`no contract for dataset ${dataset}`);
  return outcome === 'release' ? { ...contract, columns: [ROW_NUMBER, ...contract.columns], mustFit: false } : contract;
}
