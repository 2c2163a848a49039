import { z } from 'zod';

export const Cleaning = z.enum(['lowercase']);

/** Rules of a column, by ODCS's names; a cell that breaks one is refused with the rule's name as the reason. */
export const Rules = z
  .object({
    /** Limits are text, so that none is rounded: a decimal number, or a date as YYYY-MM-DD. */
    minimum: z.string(),
    exclusiveMinimum: z.string(),
    maximum: z.string(),
    exclusiveMaximum: z.string(),
    /** In Unicode characters. */
    minLength: z.int().nonnegative(),
    maxLength: z.int().positive(),
    /** A regular expression that the whole cell must match. */
    pattern: z.string(),
    enum: z.array(z.string()).min(1),
  })
  .partial();
export type Rules = z.infer<typeof Rules>;

/** A column of a dataset or a model; plain JSON, so that it travels into Lambdas and jobs as it is. */
export const Column = z.object({
  name: z.string(),
  /** As a Spark DDL type: `string`, `int`, `decimal(18,2)` … */
  type: z.string(),
  required: z.boolean(),
  /** Personal data: shown masked in logs and messages. */
  isPersonal: z.boolean(),
  /** Of a date, as JDK and Spark write patterns: `yyyy-MM-dd`. */
  format: z.string().exactOptional(),
  cleanings: z.array(Cleaning),
  /** What headers of older files, and tables from before, call it. */
  renamedFrom: z.string().exactOptional(),
  /** The contract's version with which it came: files from before have no such column. */
  addedIn: z.string().exactOptional(),
  /** Where in a record of an API its value is. */
  path: z.string().exactOptional(),
  rules: Rules,
});
export type Column = z.infer<typeof Column>;
