import { GetJobRunCommand, GlueClient } from '@aws-sdk/client-glue';
import { awsClient } from '../aws/client';
import type { StateChange } from './state-change';

const glue = awsClient(GlueClient);

/** What a run of one of our jobs was about; a run that was started by hand may say nothing of it. */
export interface JobRun {
  /** In seconds. */
  readonly duration: number;
  readonly error: string | undefined;
  readonly dataset: string | undefined;
  /** Of an extract: whose records. */
  readonly source: string | undefined;
  /** The run of the file, as the ledger has it. */
  readonly run: string | undefined;
  readonly file: string | undefined;
}

export async function readJobRun({ jobName, jobRunId }: StateChange['detail']): Promise<JobRun> {
  const { JobRun: found } = await glue.send(new GetJobRunCommand({ JobName: jobName, RunId: jobRunId }));
  const given = found?.Arguments ?? {};
  return {
    duration: found?.ExecutionTime ?? 0,
    error: found?.ErrorMessage,
    dataset: given['--dataset'],
    source: given['--source'],
    run: given['--run_id'],
    file: given['--source_key'],
  };
}
