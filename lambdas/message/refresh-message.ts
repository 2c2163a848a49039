import type { RunError } from '../ledger/items';
import { executionLines } from './execution-lines';
import type { Message } from './publish';

/** The star schema was not refreshed. */
export function refreshFailureMessage(error: RunError, executionArn: string): Message {
  return {
    subject: `warehouse: ${error.name} in ${error.step}`,
    lines: [
      'The star schema was not refreshed: its tables are as the refresh before left them.',
      `Step: ${error.step}`,
      `Error: ${error.name}`,
      `Cause: ${error.cause}`,
      ...executionLines(executionArn),
      'What was loaded meanwhile is in staging; the next refresh takes it in. Once the cause is mended, start one with `npx assay refresh`.',
    ],
    attributes: { dataset: 'warehouse', status: 'failed', step: error.step, error: error.name },
  };
}
