import { listsOf, PathClash, recordOf } from './extract-path';
import { extraOf } from './odcs-column';
import type { Extra, Odcs, SchemaObject } from './odcs';
import type { Extract } from './odcs-extract';
import { hasSilver } from './targets';
import type { PlacedFault } from './yaml-source';

type Path = readonly PropertyKey[];
type Properties = SchemaObject['properties'];

/** What a contract says of an API's records that cannot be meant. */
export function extractContradictionsIn({ customProperties, schema }: Odcs): PlacedFault[] {
  const place = customProperties.findIndex(({ property }) => property === 'extract');
  const found = customProperties[place];
  const { properties } = schema[0];
  if (found?.property !== 'extract') return strayPaths(properties);
  const at: Path = ['customProperties', place, 'value'];
  return [
    ...rootFaults(found.value, at),
    ...fileFaults(customProperties),
    ...properties.flatMap((property, index) => columnFaults(property, found.value, index)),
    ...clashes(properties, found.value.rows),
  ];
}

/** Only the dataset of the records themselves knows when one was changed. */
function rootFaults({ rows, changedAt }: Extract, at: Path): PlacedFault[] {
  if (rows === '' && changedAt === undefined)
    return [{ path: [...at, 'changedAt'], message: 'expected the path of when a record was changed last; add it' }];
  if (rows !== '' && changedAt !== undefined)
    return [{ path: [...at, 'changedAt'], message: 'expected of the dataset whose rows are the records only; remove it' }];
  if (changedAt !== undefined && changedAt.includes('[]'))
    return [{ path: [...at, 'changedAt'], message: 'expected a value that a record has once; correct it' }];
  return [];
}

/** Files of an extract are JSON lines, one a dataset and extract; Snowflake takes CSV. */
function fileFaults(customProperties: readonly Extra[]): PlacedFault[] {
  return customProperties.flatMap((extra, index): PlacedFault[] => {
    const path = ['customProperties', index, 'value'];
    if (extra.property === 'inbox' && !/^[^{]*\{date\}\{suffix\}\.jsonl$/.test(extra.value.filePattern))
      return [
        {
          path: [...path, 'filePattern'],
          message: 'expected NAME_{date}{suffix}.jsonl of a dataset with an extract; correct it',
        },
      ];
    if (extra.property === 'targets' && !hasSilver({ targets: extra.value }))
      return [{ path, message: 'expected another target than Snowflake alone, which takes CSV as it is; correct it' }];
    return [];
  });
}

/** Where no extract is, a path would promise something. */
function strayPaths(properties: Properties): PlacedFault[] {
  return properties.flatMap((property, index) =>
    extraOf(property, 'path') === undefined
      ? []
      : [{ path: pathOf(property, index), message: 'expected in a contract with the property extract only; remove it' }],
  );
}

function columnFaults(property: Properties[number], { rows }: Extract, index: number): PlacedFault[] {
  const path = extraOf(property, 'path');
  if (path === undefined)
    return [
      {
        path: ['schema', 0, 'properties', index, 'customProperties'],
        message: 'expected the property path of a column of an extract; add it',
      },
    ];
  // Each list of it must be one that the rows are found by, or a row would have many values for it.
  return rows.startsWith(listsOf(path)) && isWhole(rows, listsOf(path))
    ? []
    : [
        {
          path: pathOf(property, index),
          message: `expected no other lists than those of the rows, ${rows || '$'}; correct it`,
        },
      ];
}

function isWhole(rows: string, lists: string): boolean {
  return lists === '' || rows === lists || rows.startsWith(`${lists}.`);
}

function clashes(properties: Properties, rows: string): PlacedFault[] {
  const paths = properties.map((property) => extraOf(property, 'path') ?? '');
  try {
    recordOf([rows, ...paths]);
    return [];
  } catch (error) {
    if (!(error instanceof PathClash)) throw error;
    const index = Math.max(paths.indexOf(error.other), 0);
    const property = properties[index];
    const path = property === undefined ? ['schema', 0] : pathOf(property, index);
    return [{ path, message: `expected a path that a record can have beside ${error.one || '$'}; correct one of them` }];
  }
}

/** Where the value of a column's path stands. */
function pathOf({ customProperties }: Properties[number], index: number): Path {
  const place = customProperties.findIndex(({ property }) => property === 'path');
  return ['schema', 0, 'properties', index, 'customProperties', place, 'value'];
}
