import { z } from 'zod';

const AgreedFile = z.object({
  columns: z.array(z.looseObject({ name: z.string() })).min(1),
  csv: z.looseObject({ delimiter: z.string(), quote: z.string(), maxFieldBytes: z.number() }),
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
