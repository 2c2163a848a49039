import type { RunError } from '../ledger/items';
import { executionLines } from './execution-lines';
import type { Message } from './publish';

const REFRESH_STEP = 'RefreshModels';
const NOT_REFRESHED =
  'The star schema is as the refresh before left it. Once the cause is mended, `npx assay refresh` takes in what was loaded meanwhile.';
const REFRESHED = 'The star schema itself is refreshed; what comes after it failed.';

/** A refresh of the star schema that failed. */
export function refreshFailureMessage(error: RunError, executionArn: string): Message {
  return {
    subject: `warehouse: ${error.name} in ${error.step}`,
    lines: [
      `Step: ${error.step}`,
      `Error: ${error.name}`,
      `Cause: ${error.cause}`,
      ...executionLines(executionArn),
      error.step === REFRESH_STEP ? NOT_REFRESHED : REFRESHED,
    ],
    attributes: { dataset: 'warehouse', status: 'failed', step: error.step, error: error.name },
  };
}
