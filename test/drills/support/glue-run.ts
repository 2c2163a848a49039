import { setTimeout as sleep } from 'node:timers/promises';
import { GetJobRunsCommand, type JobRun } from '@aws-sdk/client-glue';
import type { DrillLaptop } from './laptop';
import { glueProcesses } from './processes';

const PATIENCE_MS = 180_000;

export type Job = 'bronze-to-silver' | 'silver-to-gold' | 'gold-to-rds';

/** The Glue runs of a job for a run, in no order. */
export async function glueRunsOf({ glue }: DrillLaptop, job: Job, runId: string): Promise<JobRun[]> {
  const { JobRuns: runs = [] } = await glue.send(new GetJobRunsCommand({ JobName: `assay-local-${job}` }));
  return runs.filter(({ Arguments: values }) => values?.['--run_id'] === runId);
}

/** The process of the job that works on the run, as soon as there is one. Nothing else may be going on. */
export async function processOf(laptop: DrillLaptop, job: Job, runId: string): Promise<number> {
  for (const end = Date.now() + PATIENCE_MS; Date.now() < end;) {
    await sleep(100);
    const [run] = (await glueRunsOf(laptop, job, runId)).filter(({ JobRunState: state }) => state === 'RUNNING');
    if (run === undefined) continue;
    const [pid, ...others] = glueProcesses();
    if (others.length > 0) throw new Error(`${others.length + 1} Glue runs go on where one was expected`);
    if (pid !== undefined) return pid;
  }
  throw new Error(`no process of ${job} for run ${runId} within ${PATIENCE_MS / 1000} s`);
}
