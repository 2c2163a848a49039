import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { answerWith } from '../custom-resource/answer-with';
import { withDatabase } from '../database/connection';
import { migrate } from './migrate';
import { MIGRATIONS } from './migrations';

/** A CloudFormation custom resource: the tables of sql/rds, as they are at each deployment. Deleting it deletes nothing. */
export const handler = (event: CloudFormationCustomResourceEvent): Promise<void> =>
  answerWith(event, () => withDatabase((client) => migrate(client, MIGRATIONS)));
