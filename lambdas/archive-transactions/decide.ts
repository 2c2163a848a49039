import type { FileItem } from '../ledger/items';
import type { Notice } from './notice';
import type { Settings } from './settings';

export type Decision =
  | { readonly kind: 'archive'; readonly file: FileItem; readonly prefix: string }
  /** The load comes after the job: its end is not known yet. */
  | { readonly kind: 'wait'; readonly reason: string }
  | { readonly kind: 'nothing to do'; readonly reason: string };

/** What follows from a notice, by what the ledger says now: notices may come late, again and in any order. */
export function decide({ run, job }: Notice, file: FileItem | undefined, { datasets }: Settings): Decision {
  if (run === undefined || file === undefined) return nothing('the ledger does not know this run');
  const archived = datasets[file.dataset];
  if (archived === undefined) return nothing(`files of ${file.dataset} are archived by a step of their run`);
  if (job !== undefined && job.name !== archived.lastJob) return nothing(`${job.name} is not the last job of ${file.dataset}`);
  if (job !== undefined && job.end !== 'SUCCEEDED') return nothing(`the job has ${job.end.toLowerCase()}`);
  if (file.archive !== undefined) return nothing('the file is archived already');
  if (file.status === 'claimed' || file.status === 'running') return { kind: 'wait', reason: `the run is ${file.status}` };
  if (file.status !== 'succeeded') return nothing(`the run has ${file.status}`);
  return { kind: 'archive', file, prefix: archived.prefix };
}

function nothing(reason: string): Decision {
  return { kind: 'nothing to do', reason };
}
