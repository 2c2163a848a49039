import type { ExecutionStatus } from '@aws-sdk/client-sfn';
import type { RefreshedModel, RefreshState } from '../../contracts/refresh';

/** What an execution of refresh-warehouse shows when it is looked at. */
export interface RefreshLook {
  /** GONE when Step Functions no longer has it. */
  readonly status: ExecutionStatus | 'GONE';
  /** The newest that is known; undefined before the first state was left. */
  readonly state: RefreshState | undefined;
  /** What a state failed with. */
  readonly failure: { readonly step: string; readonly name: string; readonly cause: string } | undefined;
}

/** A refresh as `refresh --json` has it. */
export interface RefreshRun {
  /** The execution's name, and the refresh_id in core.refresh_ledger. */
  readonly id: string;
  readonly status: 'running' | 'succeeded' | 'failed';
  readonly full: boolean;
  /** Null when it ended before it had counted them. */
  readonly loads: number | null;
  readonly models: readonly RefreshedModel[];
  readonly failedStep: string | null;
  readonly error: { readonly name: string; readonly cause: string } | null;
}

const MODELS_STEP = 'RefreshModels';

export function refreshRunOf(id: string, full: boolean, { status, state, failure }: RefreshLook): RefreshRun {
  const models = state?.models ?? [];
  const run = { id, full, loads: state?.loads ?? null, models, failedStep: null, error: null };
  if (status === 'SUCCEEDED') return { ...run, status: 'succeeded' };
  if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return { ...run, status: 'running' };
  const cutOff = { name: 'ExecutionCutOff', cause: `the execution is ${words(status)} and left no report` };
  return {
    ...run,
    status: 'failed',
    models: failure?.step === MODELS_STEP ? models.map(broken) : models,
    failedStep: failure?.step ?? null,
    error: failure === undefined ? cutOff : { name: failure.name, cause: failure.cause },
  };
}

/** The transaction has ended, and so has what it was at when it was looked at last. */
function broken(model: RefreshedModel): RefreshedModel {
  return model.status === 'running' ? { ...model, status: 'failed' } : model;
}

function words(status: string): string {
  return status.toLowerCase().replace('_', ' ');
}

/** Whether the warehouse has the refresh; a transaction that nobody watches any longer may still end well. */
export function isCommitted(run: RefreshRun): boolean | 'unknown' {
  if (run.status === 'succeeded') return true;
  // Models have their rows once the transaction is committed.
  if (run.models.some(({ rowsAdded }) => rowsAdded !== null)) return true;
  const isRolledBack = run.error?.name === 'InvariantBroken' || run.error?.name === 'QueryFailed';
  return isRolledBack ? false : 'unknown';
}
