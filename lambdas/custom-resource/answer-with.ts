import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { nameFailure } from '../failure/name-failure';
import { logger } from '../log/logger';
import { answer } from './answer';

/** Does the work of a custom resource, unless it is deleted, and tells CloudFormation how it went. */
export async function answerWith(event: CloudFormationCustomResourceEvent, work: () => Promise<unknown>): Promise<void> {
  try {
    if (event.RequestType !== 'Delete') await work();
    await answer(event, { Status: 'SUCCESS' });
  } catch (error) {
    // Without an answer CloudFormation waits for an hour.
    const failure = nameFailure(error);
    logger.error(failure.message, { errorName: failure.name });
    await answer(event, { Status: 'FAILED', Reason: `${failure.name}: ${failure.message}` });
  }
}
