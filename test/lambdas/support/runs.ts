import type { ReceivedRun, StoredRun, ValidatedRun } from '../../../contracts/run';
import { runIdOf } from '../../../lambdas/ledger/items';

/** The run documents of a made-up file version; `name` tells one from another. */
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
    source: { key, versionId, modifiedAt: '2025-01-03T04:05:06Z' },
    ingestionDate: '2025-01-02',
    year: '2025',
    month: '01',
    day: '02',
    path: `s3://${bucket}/${key}`,
    contractVersion: '1.0.0',
    ...changes,
  };
}

export function validatedRun(name: string, changes: Partial<ValidatedRun> = {}): ValidatedRun {
  return { ...receivedRun(name), header: ['purchase_id'], delimiter: ',', ...changes };
}

export function storedRun(name: string, changes: Partial<StoredRun> = {}): StoredRun {
  const bronze = { bucket: 'bronze', key: 'k', versionId: 'b1', path: 's3://bronze/k' };
  return { ...validatedRun(name), bronze, ...changes };
}
