import { counted } from '../output/quantities';
import { visible } from '../output/table';
import { shortId } from '../runs/find-run';
import { outcomeOf } from '../runs/outcome';
import type { Pulled } from './pull-concessions';

/** How an extract and the runs of its files ended, for people. */
export function pulledText({ id, from, next, records, failedStep, error, files }: Pulled): string {
  if (error !== null)
    return `extract ${id}  failed${failedStep === null ? '' : ` in ${failedStep}`}: ${visible(`${error.name}: ${error.cause}`)}`;
  const since = from === null ? 'all there are' : `changed since ${from}`;
  const then = next === null ? '' : `; the next extract begins at ${next}`;
  const again = from === null ? '--full' : `--since ${from}`;
  return [
    `extract ${id}  ${counted(records ?? 0, 'concession')} ${since}${then}`,
    ...files.map((run) => `${visible(run.file)}  run ${shortId(run.id)}  ${outcomeOf(run)}`),
    // Its records are fetched: another extract does not ask for them.
    ...(files.some(({ status }) => status === 'failed')
      ? [`once what failed is mended: \`npx assay pull concessions ${again}\` fetches its records again`]
      : []),
  ].join('\n');
}
