import type { ReceivedRun } from '../../contracts/run';
import { runIdOf, type ContentItem, type FileItem } from '../ledger/items';
import type { FoundVersion } from '../s3/read-version';
import type { Version } from '../s3/version';

/** Longer than this function may run, so that a delivery which still lives is never overtaken. */
const LEASE_SECONDS = 15 * 60;

/** When, and for which delivery, an item is made. */
export interface Delivery {
  readonly messageId: string;
  /** ISO, UTC. */
  readonly now: string;
}

type BatchFacts = Pick<ReceivedRun, 'dataset' | 'contractVersion' | 'ingestionDate'>;

/** A claimed file knows all that an execution is started with. */
export type ClaimedItem = FileItem & BatchFacts & FoundVersion & { readonly sha256: string };

/** Until when a delivery that takes up an item now may work on it, in seconds. */
export function leaseUntil(now: string): number {
  return Math.floor(Date.parse(now) / 1000) + LEASE_SECONDS;
}

/** A file that a contract knows. */
export function claimedItem(version: FoundVersion, sha256: string, batch: BatchFacts, { now }: Delivery): ClaimedItem {
  return { id: runId(version), ...version, sha256, ...batch, status: 'claimed', startedAt: now };
}

/** The same file, when its bytes are an earlier one's. */
export function skippedItem(claimed: ClaimedItem, first: ContentItem, delivery: Delivery): FileItem {
  const before =
    first.key === claimed.key
      ? 'received before under the same name; nothing to do'
      : `received as ${first.key}; a duplicate, not loaded`;
  return {
    ...claimed,
    status: 'skipped',
    endedAt: delivery.now,
    note: `same bytes as run ${first.runId}, ${before}`,
    unsettled: unsettled(delivery),
  };
}

/** A file that cannot be loaded, known before any execution: no contract has its name, or its version is gone. */
export function refusedItem(
  dataset: string,
  version: Version & Partial<FoundVersion>,
  fault: Error,
  delivery: Delivery,
): FileItem {
  return {
    id: runId(version),
    dataset,
    ...version,
    status: 'failed',
    startedAt: delivery.now,
    endedAt: delivery.now,
    error: { name: fault.name, cause: fault.message, step: 'ReceiveFile' },
    unsettled: unsettled(delivery),
  };
}

function runId({ bucket, key, versionId }: Version): string {
  return runIdOf(bucket, key, versionId);
}

function unsettled({ messageId, now }: Delivery): NonNullable<FileItem['unsettled']> {
  return { by: messageId, until: leaseUntil(now) };
}
