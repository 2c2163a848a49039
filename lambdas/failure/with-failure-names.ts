import { logger } from '../log/logger';
import { nameFailure } from './name-failure';

/** A handler whose errors have the names that the state machine retries and catches by, and are in the log. */
export function withFailureNames<Call extends readonly unknown[], Result>(handler: (...call: Call) => Promise<Result>) {
  return async (...call: Call): Promise<Result> => {
    try {
      return await handler(...call);
    } catch (error) {
      const failure = nameFailure(error);
      logger.error(failure.message, { errorName: failure.name });
      throw failure;
    }
  };
}
