import { logger } from '../log/logger';
import { nameFailure } from './name-failure';

/** A handler whose errors have the names that the state machine retries and catches by, and are in the log. */
export function withFailureNames<Event, Result>(handler: (event: Event) => Promise<Result>) {
  return async (event: Event): Promise<Result> => {
    try {
      return await handler(event);
    } catch (error) {
      const failure = nameFailure(error);
      logger.error(failure.message, { errorName: failure.name });
      throw failure;
    }
  };
}
