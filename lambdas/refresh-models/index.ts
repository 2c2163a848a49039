import { z } from 'zod';
import { RefreshInput, type RefreshState } from '../../contracts/refresh';
import { withFailureNames } from '../failure/with-failure-names';
import { refresh } from './refresh';

const RefreshRequest = z.object({
  /** The execution's name. */
  refreshId: z.string().min(1),
  /** How often the state machine has tried before. */
  attempt: z.int().nonnegative(),
  state: RefreshInput.extend({ statementId: z.string().optional() }),
});

export const handler = withFailureNames(async (event: unknown): Promise<RefreshState> => {
  const { refreshId, attempt, state } = RefreshRequest.parse(event);
  return refresh({ refreshId, attempt, isFull: state.full, statementId: state.statementId });
});
