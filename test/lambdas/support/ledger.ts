import type { ReceivedRun } from '../../../contracts/run';
import { claim } from '../../../lambdas/ledger/enter';
import { markRunning } from '../../../lambdas/ledger/progress';

/** Enters a run as receive-file does, and its execution as started. */
export async function enterRun(run: ReceivedRun): Promise<void> {
  const { runId: id, dataset, bucket, key, versionId, size, sha256, ingestionDate, contractVersion, format } = run;
  const facts = { dataset, bucket, key, versionId, size, sha256, ingestionDate, contractVersion, format };
  const item = { id, ...facts, lastModified: run.source.modifiedAt, startedAt: '2025-01-03T04:05:07.000Z' };
  await claim({ ...item, outcome: 'load', status: 'claimed' }, { content: undefined, name: undefined });
  await markRunning(id, 'arn');
}
