import type { RowCounts } from '../../contracts/run';
import type { FailedRule, SampleRow } from '../../contracts/scores';
import type { Execution } from '../execution/executions';
import type { Step } from '../execution/steps';
import { UNMATCHED, type FileItem } from './file-item';
import { scoreValues, type ScoreValues } from './scores';

/** A run as `runs --json` has it. */
export interface RunSummary {
  readonly id: string;
  /** Null when no contract knows the file's name. */
  readonly dataset: string | null;
  /** The key in the inbox. */
  readonly file: string;
  readonly version: string;
  /** What the file version came to be for its dataset; null when it was refused before. */
  readonly outcome: NonNullable<FileItem['outcome']> | null;
  /** The run that a replay repeats, or whose rows are released. */
  readonly of: string | null;
  readonly status: FileItem['status'];
  readonly startedAt: string;
  readonly endedAt: string | null;
  readonly rows: RowCounts | null;
  /** Null when the file was never judged. */
  readonly scores: ScoreValues | null;
  readonly error: { readonly name: string; readonly cause: string } | null;
}

/** A run as `run ID --json` and `drop --json` have it. */
export interface RunDetail extends RunSummary {
  readonly ingestionDate: string | null;
  /** The rules that most rows broke, and some of these rows, masked. */
  readonly failedRules: readonly FailedRule[];
  readonly samples: readonly SampleRow[];
  /** Why a run was skipped. */
  readonly note: string | null;
  readonly failedStep: string | null;
  readonly execution: string | null;
  readonly steps: readonly Step[];
}

export function summaryOf(item: FileItem): RunSummary {
  return {
    id: item.id,
    dataset: item.dataset === UNMATCHED ? null : item.dataset,
    file: item.key,
    version: item.versionId,
    outcome: item.outcome ?? null,
    of: item.of ?? null,
    status: item.status,
    startedAt: item.startedAt,
    endedAt: item.endedAt ?? null,
    rows: item.rows ?? null,
    scores: item.scores ? scoreValues(item.scores) : null,
    error: item.error ? { name: item.error.name, cause: item.error.cause } : null,
  };
}

export function detailOf(item: FileItem, execution?: Execution): RunDetail {
  return {
    ...summaryOf(cutOff(item, execution)),
    ingestionDate: item.ingestionDate ?? null,
    failedRules: item.failedRules ?? [],
    samples: item.samples ?? [],
    note: item.note ?? null,
    failedStep: item.error?.step ?? execution?.steps.find(({ status }) => status === 'failed')?.name ?? null,
    execution: item.executionArn ?? null,
    steps: execution?.steps ?? [],
  };
}

/** An execution that was stopped from outside, or ran out of time, or got lost had no chance to tell the ledger. */
function cutOff(item: FileItem, execution: Execution | undefined): FileItem {
  const isOver = execution !== undefined && execution.status !== 'RUNNING';
  if (!isOver || (item.status !== 'running' && item.status !== 'claimed')) return item;
  const name = execution.error?.name ?? 'ExecutionCutOff';
  const state = execution.status.toLowerCase().replace('_', ' ');
  const cause = execution.error?.cause ?? `the execution is ${state} and left no report; replay the file`;
  return { ...item, status: 'failed', error: { name, cause } };
}
