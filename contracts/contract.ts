import type { Column } from './column';
import { columnOf, keyOf, referencesOf } from './contract-column';
import { contradictionsIn } from './contradictions';
import { Odcs, type Extras } from './odcs';
import { Thresholds } from './odcs-quality';
import { YamlSource } from './yaml-source';

/** A table made from the dataset: gold's rows per `key`. */
export interface Model {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: readonly Column[];
}

/** A condition across the columns of a row; `name` is the reason of a row that breaks it. */
export interface BusinessRule {
  readonly name: string;
  /** Spark SQL over the typed columns. */
  readonly expression: string;
}

/** Whether the rule is about the column, among others perhaps. */
export function concerns({ expression }: BusinessRule, column: string): boolean {
  return new RegExp(`\\b${column}\\b`).test(expression);
}

/** The values of `column` are keys of another dataset. */
export interface Reference {
  readonly column: string;
  readonly dataset: string;
  readonly key: string;
}

/** What a dataset is, for everything that derives from it; plain JSON. */
export interface Contract extends Extras {
  readonly dataset: string;
  readonly version: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
  readonly businessRules: readonly BusinessRule[];
  readonly references: readonly Reference[];
  readonly models: readonly Model[];
  /** The whole ODCS document. */
  readonly document: unknown;
}

/**
 * Reads an ODCS contract. `fileName` is for messages only. Raises ContractError that names, for every fault, its line and
 * column, the path, the value got and what is expected.
 */
export function parseContract(text: string, fileName: string): Contract {
  const source = YamlSource.parse(text, fileName);
  const odcs = source.check(Odcs);
  const contradictions = contradictionsIn(odcs);
  if (contradictions.length > 0) throw source.error(contradictions);
  const [dataset, ...models] = odcs.schema;
  return {
    ...extrasOf(odcs),
    dataset: dataset.name,
    version: odcs.version,
    columns: dataset.properties.map(columnOf),
    primaryKey: keyOf(dataset),
    businessRules: dataset.quality.map(({ name, implementation }) => ({ name, expression: implementation })),
    references: dataset.properties.flatMap(referencesOf),
    models: models.map((model) => ({ name: model.name, key: keyOf(model), columns: model.properties.map(columnOf) })),
    document: source.value,
  };
}

/** That each is there once was found out before. */
function extrasOf({ customProperties }: Odcs): Extras {
  const given = customProperties.map(({ property, value }) => [property, value]);
  return { thresholds: Thresholds.parse({}), archiving: 'step', ...Object.fromEntries(given) } as Extras;
}
