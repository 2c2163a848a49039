import type { CloudFormationCustomResourceEvent } from 'aws-lambda';
import { z } from 'zod';
import { answerWith } from '../custom-resource/answer-with';
import { migrate } from './migrate';

/** Of each dataset what creates its tables, by the contract. */
const Properties = z.object({ datasets: z.record(z.string(), z.array(z.string().min(1))) });

/** A CloudFormation custom resource: what sql/redshift and the contracts create, at each deployment. Deleting it deletes nothing. */
export const handler = (event: CloudFormationCustomResourceEvent): Promise<void> =>
  answerWith(event, () => migrate(Object.values(Properties.parse(event.ResourceProperties).datasets).flat()));
