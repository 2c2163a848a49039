import { z } from 'zod';

/** A table of the star schema or a mart in a refresh. */
export const RefreshedModel = z.object({
  name: z.string(),
  status: z.enum(['pending', 'running', 'succeeded', 'failed']),
  /** How long it has taken; null before it began. */
  seconds: z.number().nullable(),
  /** Null until the refresh is committed; a row that changed counts as removed and added. */
  rowsAdded: z.number().nullable(),
  rowsRemoved: z.number().nullable(),
});
export type RefreshedModel = z.infer<typeof RefreshedModel>;

/** What the state machine refresh-warehouse starts with. */
export const RefreshInput = z.object({
  /** Builds every table from nothing. */
  full: z.boolean().default(false),
});

/** What travels through its states, and what it ends with. */
export const RefreshState = RefreshInput.extend({
  /** The transaction, at the Redshift Data API; absent when there was nothing new. */
  statementId: z.string().optional(),
  isDone: z.boolean(),
  /** How many loads of datasets the refresh takes in. */
  loads: z.number(),
  /** In the order in which they are built. */
  models: z.array(RefreshedModel),
});
export type RefreshState = z.infer<typeof RefreshState>;
