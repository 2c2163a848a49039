import { releaseFormat } from '../../contracts/file-format';
import type { ReceivedRun } from '../../contracts/run';
import { runIdOf } from '../../contracts/run-id';
import type { ContentItem, FileItem } from '../ledger/items';
import type { FoundVersion } from '../s3/read-version';
import type { Version } from '../s3/version';

/** Longer than this function may run, so that a delivery which still lives is never overtaken. */
const LEASE_SECONDS = 15 * 60;

/** When, and for which delivery, an item is made. */
export interface Delivery {
  /** The same for every delivery of one message, and for no other message. */
  readonly messageId: string;
  /** ISO, UTC. */
  readonly now: string;
}

type BatchFacts = Pick<ReceivedRun, 'dataset' | 'contractVersion' | 'ingestionDate' | 'format'>;

/** A claimed file knows all that an execution is started with. */
export type ClaimedItem = FileItem & BatchFacts & FoundVersion & { readonly sha256: string };

/** Until when a delivery that takes up an item now may work on it, in seconds. */
export function leaseUntil(now: string): number {
  return Math.floor(Date.parse(now) / 1000) + LEASE_SECONDS;
}

/** A file that a contract knows. */
export function claimedItem(version: FoundVersion, sha256: string, batch: BatchFacts, { now }: Delivery): ClaimedItem {
  const claim = { outcome: 'load', status: 'claimed', startedAt: now, leaseUntil: leaseUntil(now) } as const;
  return { id: runId(version), ...version, sha256, ...batch, ...claim };
}

/** A run that an operator asks for, about a file version that is in force. */
export function requestedItem(outcome: 'replay' | 'release', original: FileItem, { now }: Delivery): FileItem {
  const { dataset, bucket, key, versionId, size, sha256, lastModified, ingestionDate, contractVersion, stored } = original;
  const format = outcome === 'release' ? releaseFormat(original.format) : original.format;
  const file = { dataset, bucket, key, versionId, size, sha256, lastModified, ingestionDate, contractVersion, stored, format };
  return { ...file, id: original.id, of: original.id, outcome, status: 'claimed', startedAt: now, leaseUntil: leaseUntil(now) };
}

/** The same file, when its bytes are an earlier one's. */
export function skippedItem(claimed: ClaimedItem, first: ContentItem, delivery: Delivery): FileItem {
  const isSameName = first.key === claimed.key;
  const before = isSameName
    ? 'received before under the same name; nothing to do'
    : `received as ${first.key}; a duplicate, not loaded`;
  return {
    ...claimed,
    leaseUntil: undefined,
    outcome: isSameName ? 'skip' : 'duplicate',
    status: 'skipped',
    endedAt: delivery.now,
    note: `same bytes as run ${first.runId}, ${before}`,
    unsettled: unsettled(delivery),
  };
}

/** A file that cannot be loaded, known before any execution: no contract has its name, or its version is gone. */
export function refusedItem(
  dataset: string,
  { bucket, key, versionId, size, lastModified }: Version & Pick<FileItem, 'size' | 'lastModified'>,
  fault: Error,
  delivery: Delivery,
): FileItem {
  return {
    id: runIdOf(bucket, key, versionId),
    dataset,
    format: 'csv',
    bucket,
    key,
    versionId,
    size,
    lastModified,
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
