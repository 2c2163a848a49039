import type { KeptVersion, RowCounts } from '../../contracts/run';
import { ContentItem, FileItem, contentId, type RunError } from './items';
import { update, type Change } from './update';

/** A run is over twelve hours after its start at the latest: the state machine's time limit. */
const RUN_LEASE_SECONDS = 13 * 60 * 60;

/** How a run ended. */
export interface RunEnd {
  readonly status: 'succeeded' | 'failed';
  readonly endedAt: string;
  readonly executionArn: string;
  readonly error?: RunError;
  readonly archive?: KeptVersion;
  /** Where no job has counted them. */
  readonly rows?: RowCounts;
  /** What else people should know of it. */
  readonly note?: string;
}

/** The execution is under way, unless it is over already. */
export async function markRunning(runId: string, executionArn: string): Promise<void> {
  await update(runId, {
    UpdateExpression: 'set #status = :running, executionArn = :execution, leaseUntil = :lease',
    ConditionExpression: '#status = :claimed',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: {
      ':running': 'running',
      ':claimed': 'claimed',
      ':execution': executionArn,
      ':lease': Math.floor(Date.now() / 1000) + RUN_LEASE_SECONDS,
    },
  });
}

/** A run that is still going gets as much time again. */
export async function extendLease(runId: string): Promise<void> {
  await update(runId, {
    UpdateExpression: 'set leaseUntil = :lease',
    ConditionExpression: '#status = :running',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':running': 'running', ':lease': Math.floor(Date.now() / 1000) + RUN_LEASE_SECONDS },
  });
}

/** Takes what is left to do for an entered file upon this delivery. False: it is done, or another delivery is at it. */
export async function takeOver(runId: string, by: string, now: number, until: number): Promise<boolean> {
  const taken = await update(runId, {
    UpdateExpression: 'set unsettled = :mine',
    ConditionExpression: 'attribute_exists(unsettled) and (unsettled.#by = :by or unsettled.#until < :now)',
    ExpressionAttributeNames: { '#by': 'by', '#until': 'until' },
    ExpressionAttributeValues: { ':mine': { by, until }, ':by': by, ':now': now },
  });
  return taken !== undefined;
}

export async function markSettled(runId: string): Promise<void> {
  await update(runId, { UpdateExpression: 'remove unsettled', ConditionExpression: 'attribute_exists(id)' });
}

/** Writes a run's outcome; undefined when the ledger does not know the run. A later attempt of the run overwrites it. */
export async function closeFile(runId: string, end: RunEnd): Promise<FileItem | undefined> {
  const item = await update(runId, closing(end, 'attribute_exists(id)'));
  return item && FileItem.parse(item);
}

/** The same for a run that could not report itself; undefined when it is closed already. */
export async function closeUnreported(runId: string, end: RunEnd): Promise<FileItem | undefined> {
  const change = closing(end, '#status in (:claimed, :running)');
  const values = { ...change.ExpressionAttributeValues, ':claimed': 'claimed', ':running': 'running' };
  const item = await update(runId, { ...change, ExpressionAttributeValues: values });
  return item && FileItem.parse(item);
}

function closing(end: RunEnd, condition: string): Change {
  const given = Object.entries(end).filter(([, value]) => value !== undefined);
  return {
    UpdateExpression: `set ${given.map(([name]) => `#${name} = :${name}`).join(', ')} remove leaseUntil${end.error ? '' : ', #error'}`,
    ConditionExpression: condition,
    ExpressionAttributeNames: {
      '#error': 'error',
      ...Object.fromEntries(given.map(([name]) => [`#${name}`, name])),
    },
    ExpressionAttributeValues: Object.fromEntries(given.map(([name, value]) => [`:${name}`, value])),
  };
}

/** Moves rows of a run from quarantined to published, once for each release. */
export async function moveReleasedRows(runId: string, releaseId: string, rows: number): Promise<void> {
  await update(runId, {
    UpdateExpression:
      'set #rows.published = #rows.published + :rows, #rows.quarantined = #rows.quarantined - :rows add releases :release',
    ConditionExpression: 'attribute_exists(#rows) and not contains(releases, :id)',
    ExpressionAttributeNames: { '#rows': 'rows' },
    ExpressionAttributeValues: { ':rows': rows, ':release': new Set([releaseId]), ':id': releaseId },
  });
}

/** Writes the outcome to the bytes' item; undefined when the bytes are by now another run's. */
export async function closeContent(
  dataset: string,
  sha256: string,
  runId: string,
  status: RunEnd['status'],
): Promise<ContentItem | undefined> {
  const item = await update(contentId(dataset, sha256), {
    UpdateExpression: 'set #status = :status',
    ConditionExpression: 'runId = :run',
    ExpressionAttributeNames: { '#status': 'status' },
    ExpressionAttributeValues: { ':status': status, ':run': runId },
  });
  return item && ContentItem.parse(item);
}
