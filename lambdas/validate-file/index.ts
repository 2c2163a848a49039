import type { FileFormat } from '../../contracts/file-format';
import type { ValidatedRun } from '../../contracts/run';
import { withFailureNames } from '../failure/with-failure-names';
import { tellOrLog } from '../lineage/tell-or-log';
import type { StoredFile } from '../s3/version';
import { ValidationRequest, withRowNumbers, type AgreedFile } from './agreed-file';
import type { Inspected } from './inspected';
import { inspectCsv } from './inspect-csv';
import { inspectJsonLines } from './inspect-json-lines';
import { inspectParquet } from './inspect-parquet';
import { readSample } from './read-sample';
import type { Sample } from './sample';

type Inspect = (sample: Sample, agreed: AgreedFile, file: StoredFile) => Inspected | Promise<Inspected>;

const INSPECT: Readonly<Record<FileFormat, Inspect>> = {
  csv: inspectCsv,
  jsonl: (sample, agreed) => ({ header: inspectJsonLines(sample, agreed), headerLines: 0 }),
  parquet: async (sample, agreed, file) => ({ header: await inspectParquet(sample, agreed, file), headerLines: 0 }),
};

export const handler = withFailureNames(async (event: unknown): Promise<ValidatedRun> => {
  const { run, agreed } = ValidationRequest.parse(event);
  await tellOrLog({ eventType: 'START', run });
  const contract = run.outcome === 'release' ? withRowNumbers(agreed) : agreed;
  const found = await INSPECT[run.format](await readSample(run, contract.maxBytes), contract, run);
  return { ...run, ...found, delimiter: contract.csv.delimiter };
});
