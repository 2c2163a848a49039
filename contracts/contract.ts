import type { Column } from './column';
import { columnOf, keyOf } from './contract-column';
import { contradictionsIn } from './contradictions';
import { Odcs, type Extras } from './odcs';
import { YamlSource } from './yaml-source';

/** A table made from the dataset: gold's rows per `key`. */
export interface Model {
  readonly name: string;
  readonly key: readonly string[];
  readonly columns: readonly Column[];
}

/** What a dataset is, for everything that derives from it; plain JSON. */
export interface Contract extends Extras {
  readonly dataset: string;
  readonly version: string;
  readonly columns: readonly Column[];
  readonly primaryKey: readonly string[];
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
    models: models.map((model) => ({ name: model.name, key: keyOf(model), columns: model.properties.map(columnOf) })),
    document: source.value,
  };
}

/** That each is there once was found out before. */
function extrasOf({ customProperties }: Odcs): Extras {
  return Object.fromEntries(customProperties.map(({ property, value }) => [property, value])) as unknown as Extras;
}
