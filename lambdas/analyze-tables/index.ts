import { randomUUID } from 'node:crypto';
import { RefreshState } from '../../contracts/refresh';
import { withFailureNames } from '../failure/with-failure-names';
import { runBatch } from '../redshift/run-batch';
import { MODELS } from '../warehouse/models';

/**
 * Gathers the planner's statistics of the tables that a refresh changed. Redshift Serverless would do so too, in a quiet
 * hour; it vacuums by itself.
 */
export const handler = withFailureNames(async (event: unknown): Promise<void> => {
  const { models } = RefreshState.parse(event);
  const changed = models.filter(({ rowsAdded, rowsRemoved }) => (rowsAdded ?? 0) + (rowsRemoved ?? 0) > 0);
  for (const { schema, name } of MODELS) {
    if (changed.some((model) => model.name === name)) await runBatch([`analyze ${schema}.${name}`], randomUUID());
  }
});
