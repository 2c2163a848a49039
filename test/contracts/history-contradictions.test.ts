import { expect, it } from 'vitest';
import { parseContract } from '../../contracts/contract';
import { changed, expectRefused, type Fault, refusalOf } from './purchases';

const extras = (...pairs: readonly (readonly [property: string, value: string])[]) =>
  `\n        customProperties: [${pairs.map(([property, value]) => `{ property: ${property}, value: ${value} }`).join(', ')}]`;
const PRODUCT = 'name: product\n        logicalType: string\n        physicalType: STRING';

it('reads the history of a column, in any order, beside its cleanings', () => {
  const text = changed(PRODUCT, PRODUCT + extras(['addedIn', '1.2.0'], ['cleanings', '[lowercase]'], ['renamedFrom', 'item']));
  expect(parseContract(text, 'x').columns.find(({ name }) => name === 'product')).toEqual({
    name: 'product',
    type: 'string',
    required: false,
    isPersonal: false,
    cleanings: ['lowercase'],
    addedIn: '1.2.0',
    renamedFrom: 'item',
    rules: {},
  });
});

it('takes an old name that no column could have today, and one of a column of a model', () => {
  const text = changed(PRODUCT, PRODUCT + extras(['renamedFrom', 'order']));
  const model = changed('name: full_name\n', `name: full_name${extras(['renamedFrom', 'name_in_full'])}\n`, text);
  expect(parseContract(model, 'x').models[0]?.columns[1]?.renamedFrom).toBe('name_in_full');
});

const FAULTS: readonly Fault[] = [
  [
    'a later column that is required',
    'name: quantity\n        logicalType: integer',
    `name: quantity${extras(['addedIn', '1.2.0'])}\n        logicalType: integer`,
    'true\n      - name: amount_aud',
    'required is true; expected false: files from before 1.2.0, its addedIn, have no such column',
  ],
  [
    'a later column that is part of the key',
    'name: purchase_id',
    `name: purchase_id${extras(['addedIn', '1.2.0'])}`,
    'true\n        primaryKeyPosition',
    'schema[0].properties[0].primaryKey is true; expected false: files from before 1.2.0',
  ],
  [
    'a column that comes later than its contract',
    PRODUCT,
    PRODUCT + extras(['addedIn', '1.10.0']),
    '1.10.0',
    'customProperties[0].value is "1.10.0"; expected at most 1.2.0, the contract\'s version',
  ],
  ['a version that is none', PRODUCT, PRODUCT + extras(['addedIn', '1.1']), '1.1 }', 'expected a string; correct it'],
  [
    'an old name that another column has now',
    PRODUCT,
    PRODUCT + extras(['renamedFrom', 'email']),
    'email }',
    'value is "email"; expected a name that no column has now',
  ],
  [
    'an old name of two columns',
    `${PRODUCT}\n      - name: quantity`,
    `${PRODUCT + extras(['renamedFrom', 'item'])}\n      - name: quantity${extras(['renamedFrom', 'item'])}`,
    'item }]\n        logicalType: integer',
    'properties[6].customProperties[0].value is "item"; expected each old name of one column only',
  ],
  [
    'a history that nobody knows',
    PRODUCT,
    PRODUCT + extras(['renamed', 'item']),
    'renamed,',
    'customProperties[0].property is "renamed"; expected cleanings, renamedFrom, addedIn',
  ],
  [
    'an extra of a column twice',
    PRODUCT,
    PRODUCT + extras(['renamedFrom', 'item'], ['renamedFrom', 'thing']),
    '{ property: renamedFrom, value: thing',
    'customProperties[1] is {"property":"renamedFrom","value":"thing"}; expected it once; remove one',
  ],
  [
    'a column of a model that files may lack',
    'name: full_name\n',
    `name: full_name${extras(['addedIn', '1.2.0'])}\n`,
    '[{ property: addedIn',
    'expected none: only the columns of purchases are checked',
  ],
];

it.each(FAULTS)('names the place of %s', (_title, from, to, at, message) => {
  expectRefused(changed(from, to), at, message);
});

it("names a part of a model's key that files may lack", () => {
  const text = changed(
    `required: true\n        description: The partner's customer number; text for the same reason.`,
    extras(['addedIn', '1.2.0']).trim(),
  );
  expect(refusalOf(text)).toContain('schema[1].properties[0].name is "customer_id"; expected a column that every file has');
});
