import { z } from 'zod';
import { Cleaning } from './column';
import { ValuePath } from './extract-path';
import { closed, untouched, Version } from './odcs-parts';

/** What ODCS has no word for, of a column. */
const extras = {
  cleanings: z.array(Cleaning),
  /** What files from before, and the tables, call the column; it may be a word that is reserved today. */
  renamedFrom: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/, 'expected the name that the column had before'),
  /** The contract's version with which the column came; files from before have no such column. */
  addedIn: Version,
  /** Where in a record of an API its value is. */
  path: ValuePath,
};

function extra<Key extends keyof typeof extras>(key: Key) {
  return closed({ ...untouched(['id', 'description']), property: z.literal(key), value: extras[key] });
}

export const ColumnExtra = z.discriminatedUnion(
  'property',
  [extra('cleanings'), extra('renamedFrom'), extra('addedIn'), extra('path')],
  {
    error: `expected ${Object.keys(extras).join(', ')}`,
  },
);
export type ColumnExtra = z.infer<typeof ColumnExtra>;

/** The value of one of a property's extras; undefined where it has none. */
export function extraOf<Key extends keyof typeof extras>(
  { customProperties }: { readonly customProperties: readonly ColumnExtra[] },
  key: Key,
): z.infer<(typeof extras)[Key]> | undefined {
  const found = customProperties.find(({ property }) => property === key);
  return found?.value as z.infer<(typeof extras)[Key]> | undefined;
}
