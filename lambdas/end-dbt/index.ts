import { z } from 'zod';
import { withFailureNames } from '../failure/with-failure-names';
import { endTurn } from '../ledger/turn';

const Request = z.object({ executionArn: z.string().min(1), isDone: z.boolean() });

export const handler = withFailureNames(async (event: unknown): Promise<void> => {
  const { executionArn, isDone } = Request.parse(event);
  await endTurn('dbt', executionArn, isDone);
});
