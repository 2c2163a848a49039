import type { ValidatedRun } from '../../contracts/run';
import { withFailureNames } from '../failure/with-failure-names';
import { tellOrLog } from '../lineage/tell-or-log';
import { ValidationRequest, withRowNumbers } from './agreed-file';
import { inspect } from './inspect';
import { readSample } from './read-sample';

export const handler = withFailureNames(async (event: unknown): Promise<ValidatedRun> => {
  const { run, agreed } = ValidationRequest.parse(event);
  await tellOrLog({ eventType: 'START', run });
  const contract = run.outcome === 'release' ? withRowNumbers(agreed) : agreed;
  const sample = await readSample(run, contract.maxBytes);
  return { ...run, header: inspect(sample, contract), delimiter: contract.csv.delimiter };
});
