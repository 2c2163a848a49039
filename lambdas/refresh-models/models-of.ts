import type { DescribeStatementCommandOutput } from '@aws-sdk/client-redshift-data';
import type { RefreshedModel } from '../../contracts/refresh';
import { MODELS } from '../warehouse/models';
import { modelCalled } from '../warehouse/procedures';

const STATUS: Readonly<Record<string, RefreshedModel['status']>> = {
  SUBMITTED: 'pending',
  PICKED: 'pending',
  STARTED: 'running',
  FINISHED: 'succeeded',
  FAILED: 'failed',
  ABORTED: 'failed',
};
const NANOSECONDS = 1e9;

/** The models of a refresh, in the order in which they are built, and how far each is. */
export function modelsOf({ SubStatements: parts = [] }: DescribeStatementCommandOutput): RefreshedModel[] {
  return parts.flatMap(({ QueryString: sql = '', Status: status = '', Duration: duration = -1 }) => {
    const name = modelCalled(sql);
    if (!MODELS.some((model) => model.name === name) || name === undefined) return [];
    const seconds = duration < 0 ? null : duration / NANOSECONDS;
    return { name, status: STATUS[status] ?? 'pending', seconds, rowsAdded: null, rowsRemoved: null };
  });
}
