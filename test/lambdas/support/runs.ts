import type { ArchivedRun, ReceivedRun, StoredRun, ValidatedRun } from '../../../contracts/run';
import { runIdOf } from '../../../contracts/run-id';

/** The run documents of a made-up file version; `name` tells one from another. The rows are of the file that is read. */
export function receivedRun(name: string, changes: Partial<ReceivedRun> = {}): ReceivedRun {
  const [bucket, key, versionId] = ['inbox', `${name}/customer_purchases_20250102.csv`, 'v1'];
  return {
    runId: runIdOf(bucket, key, versionId),
    dataset: 'purchases',
    bucket,
    key,
    versionId,
    size: 3,
    sha256: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
    outcome: 'load',
    source: { key: changes.key ?? key, versionId: changes.versionId ?? versionId, modifiedAt: '2025-01-03T04:05:06.000Z' },
    ingestionDate: '2025-01-02',
    year: '2025',
    month: '01',
    day: '02',
    path: `s3://${bucket}/${key}`,
    format: 'csv',
    contractVersion: '1.0.0',
    ...changes,
  };
}

export function validatedRun(name: string, changes: Partial<ValidatedRun> = {}): ValidatedRun {
  return { ...receivedRun(name, changes), header: ['purchase_id'], headerLines: 1, delimiter: ',', ...changes };
}

export function storedRun(name: string, changes: Partial<StoredRun> = {}): StoredRun {
  const bronze = { bucket: 'bronze', key: 'k', versionId: 'b1', path: 's3://bronze/k' };
  return { ...validatedRun(name, changes), bronze, ...changes };
}

/** With bytes of its own, as far as its name is. */
export function archivedRun(name: string): ArchivedRun {
  const sha256 = Buffer.from(name).toString('hex').padEnd(64, '0');
  return { ...storedRun(name, { sha256 }), archive: { bucket: 'archive', key: 'k', versionId: 'a1' } };
}
