import { z } from 'zod';
import { Column } from '../../contracts/column';

/** What validation needs to know of a contract. */
const AgreedFile = z.object({
  columns: z.array(Column).min(1),
  csv: z.object({ delimiter: z.string(), quote: z.string(), maxFieldBytes: z.number() }),
  /** Absent: as large as S3 allows. */
  maxBytes: z.number().default(Infinity),
});
export type AgreedFile = z.infer<typeof AgreedFile>;

const Settings = z.object({
  CONTRACTS: z.string().transform((text) => z.record(z.string(), AgreedFile).parse(JSON.parse(text))),
});

/** What the dataset's contract says about its files. */
export function agreedFile(dataset: string): AgreedFile {
  const contract = Settings.parse(process.env).CONTRACTS[dataset];
  if (contract === undefined) throw new Error(`no contract for dataset ${dataset}`);
  return contract;
}
