import { z } from 'zod';
import { withFailureNames } from '../failure/with-failure-names';
import { takeTurn } from '../ledger/turn';

const Request = z.object({ executionArn: z.string().min(1), since: z.iso.datetime() });

/** Whether dbt is to run: not when a run that began after `since` has seen what was loaded until then. */
export const handler = withFailureNames(async (event: unknown): Promise<{ readonly isTurn: boolean }> => {
  const { executionArn, since } = Request.parse(event);
  return { isTurn: await takeTurn('dbt', executionArn, since) };
});
