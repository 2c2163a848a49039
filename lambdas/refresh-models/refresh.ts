import { createHash } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DescribeStatementCommandOutput } from '@aws-sdk/client-redshift-data';
import { z } from 'zod';
import { InvariantBroken, QueryFailed } from '../../contracts/errors';
import type { RefreshedModel, RefreshState } from '../../contracts/refresh';
import { look, query, submit } from '../redshift/run-batch';
import { statementError } from '../redshift/statement-error';
import { refreshStatements, type Refresh } from '../warehouse/refresh-statements';
import { modelsOf } from './models-of';

export interface RefreshCall extends Refresh {
  readonly attempt: number;
  /** The transaction that an earlier call began. */
  readonly statementId?: string | undefined;
}

const PAUSE_MS = 200;
const LONGEST_PAUSE_MS = 5_000;
/** A call answers as soon as there is something to tell, or after so long. */
const LOOK_FOR_MS = 60_000;

const Count = z.tuple([z.tuple([z.number()])]);
const Changes = z.array(z.tuple([z.string(), z.number(), z.number()]));
const Committed = z.array(z.tuple([z.number()]));

/** Begins the refresh, or looks at how it is going. Raises InvariantBroken, QueryFailed and DatabaseUnavailable. */
export async function refresh(call: RefreshCall): Promise<RefreshState> {
  const { isFull: full, refreshId } = call;
  const loads = await pendingLoads();
  const isBegun = call.statementId !== undefined || (await isCommitted(refreshId));
  if (!isBegun && !full && loads === 0) return { full, isDone: true, loads: 0, models: [] };
  const statementId = call.statementId ?? (await begin(call, ''));
  const statement = await newsOf(statementId);
  if (statement.Status === 'FAILED' || statement.Status === 'ABORTED') return afterFailure(call, statement, loads);
  const isDone = statement.Status === 'FINISHED';
  const models = modelsOf(statement);
  return isDone ? committed(call, statementId, models) : { full, statementId, isDone, loads, models };
}

/** The same transaction however often it is called, unless the one before it failed. */
function begin(call: RefreshCall, failedId: string): Promise<string> {
  const token = createHash('sha256').update(`${call.refreshId}:${failedId}`).digest('hex');
  return submit(refreshStatements(call), token);
}

/** Waits until a model begins or ends, the transaction ends, or the time for one call is over. */
async function newsOf(statementId: string): Promise<DescribeStatementCommandOutput> {
  const first = await look(statementId);
  const until = Date.now() + LOOK_FOR_MS;
  let statement = first;
  for (let pause = PAUSE_MS; isGoing(statement) && Date.now() < until; pause = Math.min(pause * 1.2, LONGEST_PAUSE_MS)) {
    await sleep(pause);
    statement = await look(statementId);
    if (progress(statement) !== progress(first)) break;
  }
  return statement;
}

function isGoing({ Status: status }: DescribeStatementCommandOutput): boolean {
  return status === 'SUBMITTED' || status === 'PICKED' || status === 'STARTED';
}

function progress({ SubStatements: parts = [] }: DescribeStatementCommandOutput): string {
  return parts.map(({ Status: status }) => status).join();
}

/** The ledger's row is in the same transaction, so it decides where the answer is an error. */
async function afterFailure(
  call: RefreshCall,
  statement: DescribeStatementCommandOutput,
  loads: number,
): Promise<RefreshState> {
  const { refreshId, attempt, isFull: full } = call;
  const models = modelsOf(statement);
  if (await isCommitted(refreshId)) return committed(call, statement.Id ?? '', models);
  if (attempt === 0 || call.statementId === undefined) throw failure(statement);
  const statementId = await begin(call, statement.Id ?? '');
  return { full, statementId, isDone: false, loads, models: modelsOf(await newsOf(statementId)) };
}

function failure(statement: DescribeStatementCommandOutput): Error {
  const error = statementError(statement);
  const [broken] = /invariant \w+ does not hold.*/.exec(error.message) ?? [];
  if (!(error instanceof QueryFailed) || broken === undefined) return error;
  return new InvariantBroken(`${broken.replace(/ \(statement \d+ of \d+\)$/, '')}; nothing of the refresh was committed`);
}

async function committed(call: RefreshCall, statementId: string, models: readonly RefreshedModel[]): Promise<RefreshState> {
  const id = literal(call.refreshId);
  const [[loads]] = Count.parse(await query(`select loads from core.refresh_ledger where refresh_id = ${id}`));
  const changes = Changes.parse(
    await query(`select model, rows_added, rows_removed from core.refresh_change where refresh_id = ${id}`),
  );
  const counted = models.map((model): RefreshedModel => {
    const [, rowsAdded = 0, rowsRemoved = 0] = changes.find(([name]) => name === model.name) ?? [];
    return { ...model, status: 'succeeded', rowsAdded, rowsRemoved };
  });
  return { full: call.isFull, statementId, isDone: true, loads, models: counted };
}

async function pendingLoads(): Promise<number> {
  const sql = `select count(*) from staging.load_ledger
where run_id not in (select run_id from core.refreshed_load)`;
  const [[loads]] = Count.parse(await query(sql));
  return loads;
}

async function isCommitted(refreshId: string): Promise<boolean> {
  const sql = `select count(*) from core.refresh_ledger where refresh_id = ${literal(refreshId)}`;
  const [row] = Committed.parse(await query(sql));
  return (row?.[0] ?? 0) > 0;
}

function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
