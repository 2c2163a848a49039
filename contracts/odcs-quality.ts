import { z } from 'zod';
import { closed, untouched } from './odcs-parts';

/** What ODCS lets a contract say about the quality of its rows, as far as a run checks it. */

const CHECK = ['id', 'description', 'businessImpact', 'severity', 'tags', 'authoritativeDefinitions'] as const;

/** The standard's way to list the allowed values of a column. */
export const AllowedValues = closed({
  ...untouched([...CHECK, 'name', 'dimension', 'unit', 'type']),
  metric: z.literal('invalidValues'),
  arguments: closed({ validValues: z.array(z.string()).min(1) }),
  mustBe: z.literal(0),
});

/** A condition that every row must keep, across its columns. */
export const BusinessRule = closed({
  ...untouched(CHECK),
  type: z.literal('custom'),
  engine: z.literal('assay'),
  name: z
    .string()
    .regex(/^[a-z][a-z0-9_]{0,59}$/, 'expected a name in snake_case, which is the reason that a refused row gets'),
  dimension: z.literal('accuracy'),
  /** Spark SQL over the typed columns; as with CHECK in SQL, a row breaks it where it is false, not where it is unknown. */
  implementation: z.string().min(1),
});

/** That a column's values are keys of another dataset. */
export const Reference = closed({
  ...untouched(['customProperties']),
  type: z.literal('foreignKey').default('foreignKey'),
  to: z.string().regex(/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/, 'expected dataset.column'),
});

/** Text, so that the comparison is exact: 0.95 is no binary fraction. */
const threshold = (otherwise: number) => z.number().min(0).max(1).default(otherwise).transform(String);

/** The defaults are those that hold where a contract is silent. */
export const Thresholds = closed({
  completeness: threshold(0.95),
  validity: threshold(0.97),
  accuracy: threshold(0.98),
  consistency: threshold(0.99),
});
export type Thresholds = Readonly<z.infer<typeof Thresholds>>;
