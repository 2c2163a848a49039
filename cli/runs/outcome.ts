import type { RowCounts } from '../../contracts/run';
import { counted } from '../output/quantities';
import { visible } from '../output/table';
import type { RunDetail } from './summary';

/** How a run ended, in one line. */
export function outcomeOf(run: Pick<RunDetail, 'status' | 'rows' | 'note' | 'failedStep' | 'error'>): string {
  if (run.status === 'skipped') return `skipped: ${visible(run.note ?? 'nothing to do')}`;
  if (run.status === 'failed') return `failed${inStep(run.failedStep)}: ${reason(run.error)}`;
  if (run.status !== 'succeeded') return run.status;
  if (run.rows === null) return 'succeeded';
  if (run.rows.read === 0) return 'succeeded: the file has a header and no rows';
  return `succeeded: ${countsText(run.rows)}${run.note === null ? '' : `; ${visible(run.note)}`}`;
}

export function countsText({ read, published, quarantined, deduplicated }: RowCounts): string {
  return `${counted(read, 'row')} read, ${counted(published, 'row')} published, ${quarantined} quarantined, ${deduplicated} deduplicated`;
}

function inStep(step: string | null): string {
  return step === null ? '' : ` in ${step}`;
}

function reason(error: RunDetail['error']): string {
  return error === null ? 'no reason was recorded' : visible(`${error.name}: ${error.cause}`);
}
