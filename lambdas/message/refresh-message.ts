import type { RunError } from '../ledger/items';
import { executionLines } from './execution-lines';
import type { Message } from './publish';

/** What is built of what was loaded, outside the run of any file. */
export type Built = 'warehouse' | 'snowflake' | 'concessions';

/** How things are after a step failed; of any other step the last text is true. */
const CONSEQUENCES: Readonly<Record<Built, readonly [step: string, failed: string, later: string]>> = {
  warehouse: [
    'RefreshModels',
    'The star schema is as the refresh before left it. Once the cause is mended, `npx assay refresh` takes in what was loaded meanwhile.',
    'The star schema itself is refreshed; what comes after it failed.',
  ],
  snowflake: [
    'RunDbt',
    'The models whose run failed are as the run before left them; the log of the task says which. The next run of dbt takes in what was loaded meanwhile.',
    'RAW has what was loaded. The next run of dbt takes in what this one has not.',
  ],
  concessions: [
    'EndExtract',
    'The files of the extract are in the inbox and go their way; the next one fetches once more what they have.',
    'The tables are as they were before. `npx assay pull concessions` fetches what this extract has not, and so does the next one on the schedule.',
  ],
};

/** A refresh of the star schema, a run of dbt or an extract from an API that failed; `nodes` are the models and tests of dbt that did. */
export function refreshFailureMessage(
  built: Built,
  error: RunError,
  executionArn: string,
  nodes: readonly string[] = [],
): Message {
  const [step, failed, later] = CONSEQUENCES[built];
  return {
    subject: `${built}: ${error.name} in ${error.step}`,
    lines: [
      `Step: ${error.step}`,
      `Error: ${error.name}`,
      `Cause: ${error.cause}`,
      ...nodes.map((node) => `Failed: ${node}`),
      ...executionLines(executionArn),
      error.step === step ? failed : later,
    ],
    attributes: { dataset: built, status: 'failed', step: error.step, error: error.name },
  };
}
