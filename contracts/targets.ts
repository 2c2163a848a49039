import { z } from 'zod';

/** Where a dataset's rows go beside the lake. */
export const TARGETS = ['rds', 'redshift', 'snowflake'] as const;
export const Target = z.enum(TARGETS);
export type Target = z.infer<typeof Target>;

/** Those that copy the rows which a file changed in silver; the others have models of gold. */
export function isWarehouse(target: Target): boolean {
  return target === 'redshift' || target === 'snowflake';
}

/**
 * Whether the dataset's rows are typed and checked in the lake. Where Snowflake is the only target, they go there as they are
 * and dbt does that.
 */
export function hasSilver({ targets }: { readonly targets: readonly Target[] }): boolean {
  return targets.length === 0 || targets.some((target) => target !== 'snowflake');
}

/** Whether its rows go from silver to Snowflake, into PUBLISHED. */
export function isPublished(dataset: { readonly targets: readonly Target[] }): boolean {
  return dataset.targets.includes('snowflake') && hasSilver(dataset);
}
