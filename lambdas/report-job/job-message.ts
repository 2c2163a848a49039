import { GlueJobInterrupted } from '../../contracts/errors';
import { reportedError } from '../failure/reported-error';
import type { FileItem } from '../ledger/items';
import { jobLink } from '../message/console-link';
import type { Message } from '../message/publish';
import type { JobRun } from './read-job-run';
import type { StateChange } from './state-change';

/** The end of a Glue run, whatever becomes of the run of the file, or of the extract, that it belongs to. */
export function jobMessage({ region, detail }: StateChange, job: JobRun, item: Pick<FileItem, 'rows'> | undefined): Message {
  const { jobName, jobRunId, state } = detail;
  const { dataset, source, run, file } = job;
  return {
    subject: `${dataset ?? source ?? 'by hand'}: ${jobName} ${state.toLowerCase()}`,
    lines: [
      `Job: ${jobName}`,
      `State: ${state}`,
      `Duration: ${job.duration} seconds`,
      ...labelled({ Dataset: dataset, Source: source, File: file, Run: run }),
      ...rowLines(item),
      ...(state === 'SUCCEEDED' ? [] : errorLines(jobName, job)),
      `Glue run: ${jobRunId}`,
      `Console: ${jobLink(region, jobName, jobRunId)}`,
    ],
    attributes: { job: jobName, jobRunId, state, ...given({ dataset, source, run }) },
  };
}

function errorLines(jobName: string, { error }: JobRun): string[] {
  const { name, cause } = reportedError(jobName, { Error: GlueJobInterrupted.name, Cause: error ?? '' });
  const next = 'What started it tries again what may pass; if it fails, the failures topic tells.';
  return [`Error: ${name}`, `Cause: ${cause}`, next];
}

/** As far as a job has counted them. */
function rowLines(item: Pick<FileItem, 'rows'> | undefined): string[] {
  const { rows } = item ?? {};
  if (rows === undefined) return [];
  return [
    `Rows read: ${rows.read}`,
    `Rows published: ${rows.published}`,
    `Rows quarantined: ${rows.quarantined}`,
    `Rows deduplicated: ${rows.deduplicated}`,
  ];
}

function labelled(values: Readonly<Record<string, string | undefined>>): string[] {
  return Object.entries(given(values)).map(([label, value]) => `${label}: ${value}`);
}

/** SNS takes no empty attribute. */
function given(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])));
}
