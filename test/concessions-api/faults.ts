import { z } from 'zod';

/** What the API does instead of its duty, to one request. */
export const Fault = z.discriminatedUnion('kind', [
  /** 500. */
  z.object({ kind: z.literal('error') }),
  /** 429, with Retry-After in seconds or as a date. */
  z.object({ kind: z.literal('busy'), seconds: z.number().nonnegative(), as: z.enum(['seconds', 'date']).default('seconds') }),
  /** Half a page; by its length or by its end it looks whole. */
  z.object({ kind: z.literal('truncated'), as: z.enum(['cut off', 'short']).default('cut off') }),
  /** The answer of the request before, once more. */
  z.object({ kind: z.literal('repeated') }),
  /** Never an answer. */
  z.object({ kind: z.literal('hang') }),
  /** First so many records that were given out are changed, so many are added and so many taken away; then its duty. */
  z.object({
    kind: z.literal('changed'),
    update: z.int().nonnegative().default(0),
    add: z.int().nonnegative().default(0),
    remove: z.int().nonnegative().default(0),
  }),
  /** From now on it takes this token only. */
  z.object({ kind: z.literal('rotated'), token: z.string() }),
  /** An answer of another form than was agreed. */
  z.object({ kind: z.literal('malformed') }),
]);
export type Fault = z.infer<typeof Fault>;

/** To be done to the n-th request from now, counted from 1. */
export const Order = z.object({ at: z.int().positive(), fault: Fault });
export type Order = z.input<typeof Order>;
