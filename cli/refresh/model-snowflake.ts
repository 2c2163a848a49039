import { WHATEVER_WAS_DONE } from '../../contracts/turn';
import type { Account } from '../aws/account';
import { Executions, type Execution } from '../execution/executions';
import { followExecution } from '../execution/follow-execution';
import type { Step } from '../execution/steps';
import { startExecution } from '../execution/start-execution';
import { progressView } from '../progress/view';
import { outcomeOf } from '../runs/outcome';
import type { Session } from '../session';

/** A run of dbt as `refresh snowflake --json` has it. */
export interface Modelling {
  /** The execution's name. */
  readonly id: string;
  readonly status: 'running' | 'succeeded' | 'failed';
  /** What dbt was told. */
  readonly command: readonly string[];
  readonly steps: readonly Step[];
  readonly failedStep: string | null;
  readonly error: { readonly name: string; readonly cause: string } | null;
}

/** What is to be built beside what is new. */
export interface Rebuild {
  readonly full: boolean;
  /** YYYY-MM-DD */
  readonly from: string | undefined;
}

const POLL_EVERY_MS = 500;
const SHOWN_AS = 'model-snowflake';

/** Starts a run of dbt and shows it until its end; resolves to how it ended. */
export async function modelSnowflake(session: Session, account: Account, rebuild: Rebuild): Promise<Modelling> {
  const { output, signal } = session;
  const command = commandOf(rebuild);
  const { id, arn } = await startExecution(account, 'ModelSnowflakeArn', { command, since: WHATEVER_WAS_DONE });
  session.leaves = () => `dbt goes on: its execution is ${arn}`;
  const executions = new Executions(account);
  const view = progressView(output, [SHOWN_AS]);
  try {
    return await followExecution({
      look: async () => modellingOf(id, command, await executions.look(arn)),
      view,
      shownAs: SHOWN_AS,
      watched: (run) => ({ ...run, rows: null, note: null }),
      pollEvery: POLL_EVERY_MS,
      signal,
    });
  } finally {
    await view.close();
  }
}

export function modellingText(run: Modelling): string {
  const line = `dbt ${run.command.join(' ')}  ${outcomeOf({ ...run, rows: null, note: null })}`;
  return run.status === 'failed' ? `${line}\nthe alert names the models and tests that failed; runbook: dbt failed` : line;
}

function commandOf({ full, from }: Rebuild): string[] {
  if (full) return ['build', '--full-refresh'];
  return from === undefined ? ['build'] : ['build', '--vars', JSON.stringify({ rebuild_from: from })];
}

function modellingOf(id: string, command: readonly string[], { status, steps, error }: Execution): Modelling {
  const run = { id, command, steps, failedStep: null, error: null };
  if (status === 'SUCCEEDED') return { ...run, status: 'succeeded' };
  if (status === 'RUNNING' || status === 'PENDING_REDRIVE') return { ...run, status: 'running' };
  const cutOff = { name: 'ExecutionCutOff', cause: `the execution is ${status.toLowerCase().replace('_', ' ')}` };
  const failedStep = steps.find((step) => step.status === 'failed')?.name ?? null;
  return { ...run, status: 'failed', failedStep, error: error ?? cutOff };
}
