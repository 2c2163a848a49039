import { counted } from '../output/quantities';
import { table } from '../output/table';
import { outcomeOf } from '../runs/outcome';
import { isCommitted, type RefreshRun } from './refresh-run';

/** How a refresh ended, for people. */
export function refreshText(run: RefreshRun): string {
  const line = `refresh ${run.id}  ${endText(run)}`;
  if (run.status === 'failed') return `${line}\n${whatIsThere(run)}`;
  return run.models.length === 0 ? line : `${line}\n${modelsTable(run)}`;
}

function endText(run: RefreshRun): string {
  if (run.status === 'failed') return outcomeOf({ ...run, rows: null, note: null });
  if (run.models.length === 0) return 'nothing new: the star schema has all that was loaded';
  const loads = `${counted(run.loads ?? 0, 'load')} taken in`;
  return run.full ? `succeeded: every table built from nothing, ${loads}` : `succeeded: ${loads}`;
}

function whatIsThere(run: RefreshRun): string {
  const committed = isCommitted(run);
  if (committed === true) return 'the refresh itself is committed: its rows are in the star schema';
  if (committed === false) return 'nothing of it was committed: the star schema is as the refresh before left it';
  return `its transaction may still go on, and is committed whole or not at all: once it is, core.refresh_ledger has ${run.id}`;
}

export function modelsTable({ models }: RefreshRun): string {
  return table(
    ['model', 'rows added', 'rows removed', 'seconds'],
    models.map(({ name, rowsAdded, rowsRemoved, seconds }) => [name, rowsAdded, rowsRemoved, seconds?.toFixed(1)]),
  );
}
