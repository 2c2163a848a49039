import type { Target } from './targets';

/** Below the work area: all of the lake that Snowflake's role may read. */
export const SNOWFLAKE_FOLDER = 'snowflake/';

/**
 * Where the rows that a run changed wait for warehouses to copy them, below the work area. They lie there once, so those
 * of a dataset that goes to Snowflake, and no others, lie where it can read them.
 */
export function changesFolder({ targets }: { readonly targets: readonly Target[] }, runId: string): string {
  return `${targets.includes('snowflake') ? SNOWFLAKE_FOLDER : ''}${changesOf(runId)}`;
}

/** The same below the folder that Snowflake's stage stands for. */
export function changesOf(runId: string): string {
  return `${runId}/changes/`;
}
