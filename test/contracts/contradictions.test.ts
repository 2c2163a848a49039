import { describe, expect, it } from 'vitest';
import { changed, expectRefused, type Fault, placeOf, refusalOf } from './purchases';

const FAULTS: readonly Fault[] = [
  [
    'a column twice',
    'name: last_name',
    'name: first_name',
    'first_name\n        logicalType: string\n        physicalType: STRING\n        classification: personal\n      - name: email',
    'schema[0].properties[3].name is "first_name"; expected each column once',
  ],
  ['a reserved word', 'name: product', 'name: order', 'order', 'expected a name that is no reserved word of SQL'],
  [
    'a column with a name of ours',
    'name: product',
    'name: ingestion_date',
    'ingestion_date',
    'expected none of ingestion_date',
  ],
  [
    'no primary key',
    'primaryKey: true\n        primaryKeyPosition: 1\n        unique: true',
    'primaryKey: false',
    'purchases\n    logicalType',
    'schema[0].name is "purchases"; expected a primary key; say primaryKey: true of a property',
  ],
  [
    'a key that may be empty',
    'required: true\n        primaryKey',
    'required: false\n        primaryKey',
    'false',
    'expected true: a part of the primary key cannot be empty',
  ],
  [
    'uniqueness that nothing checks',
    'name: product',
    'name: product\n        unique: true',
    'true\n        logicalType: string\n        physicalType: STRING\n      - name: quantity',
    'expected false: nothing but the primary key is checked to be unique',
  ],
  [
    'a date without its format',
    '        logicalTypeOptions:\n          format: yyyy-MM-dd\n',
    '',
    'name: purchase_date',
    'logicalTypeOptions.format is missing; expected how the dates are written',
  ],
  [
    'a limit that would be rounded',
    'physicalType: INTEGER',
    'physicalType: INTEGER\n        logicalTypeOptions: { minimum: 9007199254740993 }',
    '9007199254740993',
    'the number 9007199254740993 would be rounded',
  ],
  [
    'a limit finer than its column',
    'physicalType: DECIMAL(18,2)',
    'physicalType: DECIMAL(18,2)\n        logicalTypeOptions: { minimum: 0.001 }',
    '0.001',
    'is 0.001; expected a number with at most 2 digits after the point',
  ],
  [
    'a limit that is no date',
    'format: yyyy-MM-dd',
    "format: yyyy-MM-dd\n          minimum: '2025-02-30'",
    "'2025-02-30'",
    "expected a date as 'YYYY-MM-DD', in quotes",
  ],
  [
    'a pattern that is none',
    'name: product\n        logicalType: string',
    "name: product\n        logicalType: string\n        logicalTypeOptions: { pattern: '(' }",
    "'('",
    'expected a regular expression',
  ],
  [
    'a key of a model that the dataset lacks',
    'view\n    description: One row per customer with the totals over all current purchases.\n    properties:\n      - name: customer_id',
    'view\n    properties:\n      - name: client_id',
    'client_id',
    "expected a column of purchases with the same type, as part of a model's key",
  ],
  [
    'a rule of a model',
    'name: total_spent_aud',
    'name: total_spent_aud\n        logicalTypeOptions: { minimum: 0 }',
    '{ minimum: 0 }',
    'expected none: only the columns of purchases are checked',
  ],
  [
    'a table twice',
    '- name: customer_purchase_summary',
    '- name: purchases',
    'purchases\n    logicalType: object\n    physicalType: view',
    'schema[1].name is "purchases"; expected each table once',
  ],
  [
    'an extra twice',
    '  - property: targets',
    '  - property: targets\n    value: []\n  - property: targets',
    'targets\n    value: [rds]',
    'customProperties[5].property is "targets"; expected it once',
  ],
  [
    'a format of what is no date',
    'physicalType: INTEGER',
    'physicalType: INTEGER\n        logicalTypeOptions: { format: yyyyMMdd }',
    'yyyyMMdd',
    'logicalTypeOptions.format is "yyyyMMdd"; expected on dates and timestamps only',
  ],
  [
    'a length of what is no text',
    'physicalType: INTEGER',
    'physicalType: INTEGER\n        logicalTypeOptions: { maxLength: 3 }',
    '3 }',
    'logicalTypeOptions.maxLength is 3; expected on strings only',
  ],
  [
    'a limit of what is no number',
    'name: product\n        logicalType: string',
    'name: product\n        logicalType: string\n        logicalTypeOptions: { minimum: 1 }',
    '1 }',
    'logicalTypeOptions.minimum is 1; expected on numbers and dates only',
  ],
  [
    'a fraction as the limit of an integer',
    'physicalType: INTEGER',
    'physicalType: INTEGER\n        logicalTypeOptions: { maximum: 1.5 }',
    '1.5 }',
    'logicalTypeOptions.maximum is 1.5; expected a number with at most 0 digits after the point',
  ],
  [
    'allowed values of a number',
    'physicalType: INTEGER',
    'physicalType: INTEGER\n        quality: [{ metric: invalidValues, arguments: { validValues: [a] }, mustBe: 0 }]',
    '[{ metric',
    'schema[0].properties[6].quality is [',
  ],
  [
    'a cleaning of a number',
    'physicalType: INTEGER',
    'physicalType: INTEGER\n        customProperties: [{ property: cleanings, value: [lowercase] }]',
    '[{ property: cleanings',
    'expected cleanings on strings only',
  ],
  [
    'a column of a model with a name of ours',
    'name: full_name',
    'name: year',
    'year',
    'schema[1].properties[1].name is "year"; expected none of ingestion_date, year',
  ],
];

describe('a contract whose parts contradict one another', () => {
  it.each(FAULTS)('names the place of %s', (_title, from, to, at, message) => {
    expectRefused(changed(from, to), at, message);
  });

  it('names both parts of a key that have one place', () => {
    const text = changed(
      'name: customer_id',
      'name: customer_id\n        primaryKey: true',
      changed('        unique: true\n', ''),
    );
    const fault = 'primaryKeyPosition is 1; expected another place for each part of the key; number them from 1';
    expect(refusalOf(text).split('\n')).toEqual([
      `purchases.odcs.yaml:${placeOf(text, '1\n')}: schema[0].properties[0].${fault}`,
      expect.stringContaining(`schema[0].properties[1].${fault.replace('is 1', 'is missing')}`),
    ]);
  });
});
