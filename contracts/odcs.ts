import { z } from 'zod';
import { Archiving } from './archiving';
import { FILE_DATE_FORMAT } from './calendar-date';
import { isColumnFormat } from './column-format';
import { LOGICAL_TYPES, physicalTypesOf, sparkType } from './column-type';
import { ColumnExtra } from './odcs-column';
import { Extract } from './odcs-extract';
import { closed, Name, notYet, untouched, Version } from './odcs-parts';
import { Target } from './targets';
import { AllowedValues, BusinessRule, Reference, Thresholds } from './odcs-quality';

/**
 * The Open Data Contract Standard 3.1 as far as we read it. What only people and other tools read passes untouched; what
 * says something about the data that nothing here would check is refused, as is any key that the standard does not have.
 */

const Limit = z.union([z.number(), z.string()], 'expected a number, or a date as YYYY-MM-DD').transform(String);

const Options = closed({
  format: z
    .string()
    .refine(isColumnFormat, "expected yyyy, MM and dd once each, such as yyyy-MM-dd; of a timestamp yyyy-MM-dd'T'HH:mm:ssXXX")
    .exactOptional(),
  minimum: Limit.exactOptional(),
  exclusiveMinimum: Limit.exactOptional(),
  maximum: Limit.exactOptional(),
  exclusiveMaximum: Limit.exactOptional(),
  minLength: z.int().nonnegative().exactOptional(),
  maxLength: z.int().positive().exactOptional(),
  pattern: z.string().refine(isPattern, 'expected a regular expression').exactOptional(),
});

const ELEMENT = ['id', 'description', 'businessName', 'authoritativeDefinitions', 'tags'] as const;

const Property = closed({
  ...untouched([...ELEMENT, 'examples', 'criticalDataElement', 'transformLogic', 'transformDescription']),
  ...untouched(['transformSourceObjects']),
  ...notYet(['physicalName', 'partitioned', 'partitionKeyPosition', 'encryptedName']),
  name: Name,
  logicalType: z.enum(LOGICAL_TYPES),
  physicalType: z.string(),
  required: z.boolean().default(false),
  unique: z.boolean().default(false),
  primaryKey: z.boolean().default(false),
  primaryKeyPosition: z.int().positive().default(1),
  classification: z.enum(['personal', 'public', 'internal', 'confidential', 'restricted']).optional(),
  logicalTypeOptions: Options.default({}),
  quality: z.array(AllowedValues).max(1, 'expected one list of allowed values').default([]),
  relationships: z.array(Reference).max(1, 'expected one reference').default([]),
  customProperties: z.array(ColumnExtra).default([]),
}).refine(({ logicalType, physicalType }) => sparkType(logicalType, physicalType) !== undefined, {
  path: ['physicalType'],
  error: (issue) => {
    const { logicalType } = z.object({ logicalType: z.enum(LOGICAL_TYPES) }).parse(issue.input);
    return `expected ${physicalTypesOf(logicalType)} for logicalType ${logicalType}`;
  },
});
export type Property = z.infer<typeof Property>;

const SchemaObject = closed({
  ...untouched([...ELEMENT, 'logicalType', 'physicalType', 'dataGranularityDescription', 'customProperties']),
  ...notYet(['physicalName', 'relationships']),
  name: Name,
  properties: z.array(Property).min(1),
  quality: z.array(BusinessRule).default([]),
});
export type SchemaObject = z.infer<typeof SchemaObject>;

const Inbox = closed({
  filePattern: z
    .string()
    .regex(
      /^(?!\.{1,2}$)[^/{}]*(\{date\}[^/{}]*)?(\{suffix\})?[^/{}]*(\.\{format\})?$/,
      'expected a file name without folders, with {date}, then {suffix}, at most once and .{format} at most at its end',
    )
    .min(1),
  dateFormat: z
    .string()
    .regex(FILE_DATE_FORMAT, 'expected YYYY, MM and DD once each, with nothing but - . _ between them, such as YYYYMMDD')
    .exactOptional(),
}).refine(({ filePattern, dateFormat }) => filePattern.includes('{date}') === (dateFormat !== undefined), {
  path: ['dateFormat'],
  error: 'expected a dateFormat where filePattern has {date}, and none where it has not',
});

const Csv = closed({
  delimiter: z.string().length(1, 'expected one character').default(','),
  quote: z.string().length(1, 'expected one character').default('"'),
  /** Optional: a first line that names the columns is one, any other is a row already. */
  header: z.enum(['required', 'optional']).default('required'),
  encoding: z.literal('utf-8').default('utf-8'),
  /** Bytes of one cell; bounds what one row may take of memory. */
  maxFieldBytes: z.int().positive().default(131_072),
}).refine(({ delimiter, quote }) => delimiter !== quote, {
  path: ['quote'],
  error: 'expected another character than the delimiter',
});

/** What ODCS has no word for. */
const extras = {
  inbox: Inbox,
  csv: Csv,
  /** Where the archive keeps the files. */
  archivePrefix: z.string().regex(/^[a-z0-9_-]+(\/[a-z0-9_-]+)*$/, 'expected folders of lower-case letters, digits, - and _'),
  archiving: Archiving,
  targets: z.array(Target),
  /** The least scores with which a file is published. */
  thresholds: Thresholds,
  /** Of a dataset whose files are made of an API's records. */
  extract: Extract,
};
/** Each is in a contract once, but for those that have a default or are not for every dataset. */
export const REQUIRED_EXTRAS = Object.keys(extras).filter((name) => !['thresholds', 'archiving', 'extract'].includes(name));

export interface Extras {
  readonly inbox: Readonly<z.infer<typeof Inbox>>;
  readonly csv: Readonly<z.infer<typeof Csv>>;
  readonly archivePrefix: string;
  readonly archiving: Archiving;
  readonly targets: readonly Target[];
  readonly thresholds: Thresholds;
  readonly extract?: Extract;
}

function extra<Key extends keyof typeof extras>(key: Key) {
  return closed({ ...untouched(['id', 'description']), property: z.literal(key), value: extras[key] });
}

export const Extra = z.discriminatedUnion(
  'property',
  [
    extra('inbox'),
    extra('csv'),
    extra('archivePrefix'),
    extra('archiving'),
    extra('targets'),
    extra('thresholds'),
    extra('extract'),
  ],
  { error: `expected ${Object.keys(extras).join(', ')}` },
);

export type Extra = z.infer<typeof Extra>;

export const Odcs = closed({
  ...untouched(['name', 'tenant', 'tags', 'servers', 'dataProduct', 'description', 'domain', 'support', 'price']),
  ...untouched(['team', 'roles', 'slaDefaultElement', 'slaProperties', 'authoritativeDefinitions', 'contractCreatedTs']),
  apiVersion: z.literal('v3.1.0'),
  kind: z.literal('DataContract'),
  id: z.string().min(1),
  version: Version,
  /** The standard asks for it; people read it. */
  status: z.string('expected the state of the contract, such as active').min(1),
  /** The dataset first, then the models that gold makes of it. */
  schema: z.tuple([SchemaObject], SchemaObject),
  customProperties: z.array(Extra),
});
export type Odcs = z.infer<typeof Odcs>;

function isPattern(source: string): boolean {
  try {
    return new RegExp(source, 'u') instanceof RegExp;
  } catch {
    return false;
  }
}
