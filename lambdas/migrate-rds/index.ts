import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { withDatabase } from '../database/connection';
import { nameFailure } from '../failure/name-failure';
import { logger } from '../log/logger';
import { answer } from './answer';
import { migrate } from './migrate';
import { MIGRATIONS } from './migrations';

/** A CloudFormation custom resource: the tables of sql/rds, as they are at each deployment. Deleting it deletes nothing. */
export const handler = async (event: CloudFormationCustomResourceEvent): Promise<void> => {
  try {
    if (event.RequestType !== 'Delete') await withDatabase((client) => migrate(client, MIGRATIONS));
    await answer(event, { Status: 'SUCCESS' });
  } catch (error) {
    // Without an answer CloudFormation waits for an hour.
    const failure = nameFailure(error);
    logger.error(failure.message, { errorName: failure.name });
    await answer(event, { Status: 'FAILED', Reason: `${failure.name}: ${failure.message}` });
  }
};
