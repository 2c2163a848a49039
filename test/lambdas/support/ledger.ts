import type { ReceivedRun } from '../../../contracts/run';
import { claim } from '../../../lambdas/ledger/enter';
import { markRunning } from '../../../lambdas/ledger/progress';

/** Enters a run as receive-file does, and its execution as started. */
export async function enterRun(run: ReceivedRun): Promise<void> {
  const { runId: id, dataset, bucket, key, versionId, size, sha256, lastModified, ingestionDate, contractVersion } = run;
  const facts = { dataset, bucket, key, versionId, size, sha256, lastModified, ingestionDate, contractVersion };
  await claim({ id, ...facts, status: 'claimed', startedAt: '2025-01-03T04:05:07.000Z' }, sha256);
  await markRunning(id, 'arn');
}
