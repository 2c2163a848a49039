import { z } from 'zod';
import { hasSilver, isWarehouse, type Target } from './targets';

/**
 * What puts a dataset's files into the archive: the machine's own last step, or the event of its last Glue job, which leads
 * to archive-transactions and a bucket of its own.
 */
export const Archiving = z.enum(['step', 'event']);
export type Archiving = z.infer<typeof Archiving>;

/** The jobs by the target that they are the last for. */
const LAST_JOBS: Readonly<Record<Target, string>> = {
  redshift: 'silver-to-changes',
  snowflake: 'silver-to-changes',
  rds: 'gold-to-rds',
};

interface Loaded {
  readonly targets: readonly Target[];
  readonly models: readonly unknown[];
}

/** Whether one job comes after all others: files are archived upon its event alone. */
export function hasLastJob({ targets }: Pick<Loaded, 'targets'>): boolean {
  return hasSilver({ targets }) && (targets.length <= 1 || targets.every(isWarehouse));
}

/** The job that runs last for a file of the dataset. */
export function lastJobOf({ targets: [target], models }: Loaded): string {
  const otherwise = models.length > 0 ? 'silver-to-gold' : 'bronze-to-silver';
  return target === undefined ? otherwise : LAST_JOBS[target];
}
