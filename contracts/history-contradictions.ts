import { extraOf } from './odcs-column';
import type { Odcs, SchemaObject } from './odcs';
import { compareVersions } from './version';
import type { PlacedFault } from './yaml-source';

type Path = readonly PropertyKey[];

/** What a contract says about how its columns came to be, but cannot be meant. */
export function historyContradictionsIn({ schema, version }: Odcs): PlacedFault[] {
  const [dataset, ...models] = schema;
  const later = dataset.properties.filter((property) => extraOf(property, 'addedIn') !== undefined);
  const keys = models.flatMap((model, index) =>
    model.properties.flatMap(({ name, primaryKey }, place) => {
      const isLater = primaryKey && later.some((column) => column.name === name);
      const message = `expected a column that every file has, as part of a model's key; addedIn says otherwise`;
      return isLater ? [{ path: ['schema', index + 1, 'properties', place, 'name'], message }] : [];
    }),
  );
  return [
    ...schema.flatMap((table, index) => repetitionFaults(table, ['schema', index, 'properties'])),
    ...schema.flatMap((table, index) => renamingFaults(table, ['schema', index, 'properties'])),
    ...additionFaults(dataset, version),
    ...keys,
  ];
}

function repetitionFaults({ properties }: SchemaObject, path: Path): PlacedFault[] {
  return properties.flatMap(({ customProperties }, index) => {
    const names = customProperties.map(({ property }) => property);
    return [...names.keys()]
      .filter((place) => names.indexOf(names[place] ?? 'cleanings') < place)
      .map((place) => ({ path: [...path, index, 'customProperties', place], message: 'expected it once; remove one' }));
  });
}

function renamingFaults({ properties }: SchemaObject, path: Path): PlacedFault[] {
  const names = properties.map(({ name }) => name);
  const former = properties.map((property) => extraOf(property, 'renamedFrom'));
  return former.flatMap((name, index) => {
    if (name === undefined) return [];
    const at = [...path, index, ...valueOf(properties[index], 'renamedFrom')];
    if (names.includes(name)) return [{ path: at, message: 'expected a name that no column has now; correct it' }];
    const isRepeated = former.indexOf(name) < index;
    return isRepeated ? [{ path: at, message: 'expected each old name of one column only; correct it' }] : [];
  });
}

function additionFaults({ properties }: SchemaObject, version: string): PlacedFault[] {
  return properties.flatMap((property, index) => {
    const addedIn = extraOf(property, 'addedIn');
    if (addedIn === undefined) return [];
    const path = ['schema', 0, 'properties', index];
    const absence = `files from before ${addedIn}, its addedIn, have no such column`;
    const faults: PlacedFault[] = [];
    if (property.primaryKey) faults.push({ path: [...path, 'primaryKey'], message: `expected false: ${absence}` });
    else if (property.required) faults.push({ path: [...path, 'required'], message: `expected false: ${absence}` });
    if (compareVersions(addedIn, version) > 0) {
      const at = [...path, ...valueOf(property, 'addedIn')];
      faults.push({ path: at, message: `expected at most ${version}, the contract's version; correct one of them` });
    }
    return faults;
  });
}

/** Where in a property the value of an extra stands. */
function valueOf(property: SchemaObject['properties'][number] | undefined, extra: string): Path {
  const index = property?.customProperties.findIndex((each) => each.property === extra) ?? 0;
  return ['customProperties', index, 'value'];
}
