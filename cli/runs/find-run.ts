import { UserError } from '../failure';
import type { FileItem } from './file-item';
import type { Ledger } from './ledger';

const FULL_LENGTH = 64;
export const SHORT_LENGTH = 12;

/** An id as tables show it; commands take any unique beginning. */
export function shortId(id: string): string {
  return id.slice(0, SHORT_LENGTH);
}

/** The run of these datasets with that id, which may be shortened to a unique beginning. */
export async function findRun(ledger: Ledger, datasets: readonly string[], id: string): Promise<FileItem> {
  const beginning = id.toLowerCase();
  if (beginning.length >= FULL_LENGTH) {
    const run = await ledger.get(beginning);
    if (run === undefined || !datasets.includes(run.dataset))
      throw new UserError(`there is no run ${id}: see \`npx assay runs\``);
    return run;
  }
  return onlyRun(
    id,
    (await ledger.list(datasets)).filter((run) => run.id.startsWith(beginning)),
  );
}

function onlyRun(id: string, found: readonly FileItem[]): FileItem {
  const [run, another] = found;
  if (run === undefined) throw new UserError(`no run's id begins with ${id}: see \`npx assay runs\``);
  if (another === undefined) return run;
  const some = found.slice(0, 3).map((each) => shortId(each.id));
  throw new UserError(
    `${found.length} runs begin with ${id} (${some.join(', ')}${found.length > 3 ? ' …' : ''}): give more of the id`,
  );
}
