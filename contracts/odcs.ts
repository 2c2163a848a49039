import { z } from 'zod';

/** The part of the Open Data Contract Standard 3.1 that we read; whatever else a contract says stays untouched in `document`. */

const NAME = z.string().regex(/^[a-z][a-z0-9_]*$/, 'must be snake_case: lower-case letters, digits and _');

const CustomProperty = z.object({ property: z.string(), value: z.unknown() });

/** Rules of a column, by ODCS's names; each breach is a reason for quarantine. */
export const Rules = z
  .object({
    minimum: z.number(),
    exclusiveMinimum: z.number(),
    maximum: z.number(),
    exclusiveMaximum: z.number(),
    minLength: z.number().int().nonnegative(),
    maxLength: z.number().int().positive(),
    pattern: z.string(),
    enum: z.array(z.string()).min(1),
  })
  .partial();
export type Rules = z.infer<typeof Rules>;

const Property = z.object({
  name: NAME,
  logicalType: z.enum(['string', 'integer', 'number', 'date', 'timestamp', 'boolean']),
  physicalType: z
    .string()
    .regex(
      /^(STRING|INTEGER|BIGINT|DECIMAL\(\d{1,2},\s*\d{1,2}\)|DATE|TIMESTAMP|BOOLEAN)$/i,
      'must be STRING, INTEGER, BIGINT, DECIMAL(precision,scale), DATE, TIMESTAMP or BOOLEAN',
    ),
  required: z.boolean().default(false),
  primaryKey: z.boolean().default(false),
  primaryKeyPosition: z.number().int().positive().default(1),
  classification: z.string().optional(),
  logicalTypeOptions: Rules.extend({ format: z.string().optional() }).strict().default({}),
  customProperties: z.array(CustomProperty).default([]),
});
export type Property = z.infer<typeof Property>;

const SchemaObject = z.object({ name: NAME, properties: z.array(Property).min(1) });
export type SchemaObject = z.infer<typeof SchemaObject>;

export const Odcs = z.object({
  apiVersion: z.literal('v3.1.0'),
  kind: z.literal('DataContract'),
  id: NAME,
  version: z.string().regex(/^\d+\.\d+\.\d+$/, 'must be a semantic version such as 1.0.0'),
  schema: z.array(SchemaObject).min(1),
  customProperties: z.array(CustomProperty),
});
export type Odcs = z.infer<typeof Odcs>;

/** Our extras: what ODCS has no word for. */
export const Extras = z.object({
  inbox: z.object({
    filePattern: z.string().regex(/^[^/{}]*(\{date\})?[^/{}]*$/, 'must be a file name, with {date} at most once'),
    dateFormat: z.string().regex(/^(?=.*YYYY)(?=.*MM)(?=.*DD)[YMD._-]+$/, 'must have YYYY, MM and DD'),
  }),
  csv: z.object({
    delimiter: z.string().length(1).default(','),
    quote: z.string().length(1).default('"'),
    header: z.literal('required').default('required'),
    encoding: z.literal('utf-8').default('utf-8'),
    /** Bytes of one cell; bounds what one row may take of memory. */
    maxFieldBytes: z.number().int().positive().default(131_072),
  }),
  archivePrefix: z.string().regex(/^[a-z0-9_/-]+$/),
  targets: z.array(z.enum(['rds', 'redshift', 'snowflake'])),
});
export type Extras = z.infer<typeof Extras>;

export const Cleaning = z.enum(['lowercase']);
export type Cleaning = z.infer<typeof Cleaning>;
