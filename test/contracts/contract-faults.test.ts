import { describe, expect, it } from 'vitest';
import { parseContract } from '../../contracts/contract';
import { changed, expectRefused, type Fault, placeOf, refusalOf } from './purchases';

const FAULTS: readonly Fault[] = [
  [
    'a misspelt type',
    'logicalType: integer',
    'logicalType: intger',
    'intger',
    'schema[0].properties[6].logicalType is "intger"; expected "string" or "integer" or "number" or "date" or "timestamp" or "boolean"; correct it',
  ],
  [
    'a float for money',
    'physicalType: DECIMAL(18,2)',
    'physicalType: DOUBLE',
    'DOUBLE',
    'schema[0].properties[7].physicalType is "DOUBLE"; expected DECIMAL(precision,scale) with scale ≤ precision ≤ 38 for logicalType number; correct it',
  ],
  [
    'a misspelt key',
    'required: true\n        primaryKey',
    'requird: true\n        primaryKey',
    'requird',
    'schema[0].properties[0].requird is not known here; expected one of authoritativeDefinitions, businessName, classification, ',
  ],
  [
    'a missing value',
    '      - name: quantity\n        logicalType: integer',
    '      - name: quantity',
    'name: quantity',
    'schema[0].properties[6].logicalType is missing; expected "string" or',
  ],
  ['a number where text belongs', 'id: purchases', 'id: 7', '7', 'id is 7; expected a string; correct it'],
  [
    'a date format of JDK that means weeks',
    'format: yyyy-MM-dd',
    'format: YYYY-MM-dd',
    'YYYY-MM-dd',
    'expected yyyy, MM and dd once each',
  ],
  [
    'an extra that nobody knows',
    'property: archivePrefix',
    'property: archivPrefix',
    'archivPrefix',
    'customProperties[3].property is "archivPrefix"; expected inbox, csv, archivePrefix, archiving, targets, thresholds, extract; correct it',
  ],
  ['an extra that is missing', '  - property: targets\n    value: [rds]\n', '', '- property: inbox', 'customProperties is ['],
  [
    'a file pattern with a folder',
    'customer_purchases_{date}.csv',
    'in/p_{date}.csv',
    'in/p_',
    'expected a file name without folders',
  ],
  [
    'a date format without its place',
    'customer_purchases_{date}.csv',
    'p.csv',
    'YYYYMMDD',
    'expected a dateFormat where filePattern has {date}',
  ],
  ['a target that does not exist', '[rds]', '[mysql]', 'mysql', 'is "mysql"; expected "rds" or "redshift" or "snowflake"'],
  ['an archive prefix that climbs', 'value: purchases', 'value: ../x', '../x', 'expected folders of lower-case letters'],
  [
    'a promise that nothing keeps',
    'name: quantity',
    'name: quantity\n        partitioned: true',
    'true\n        logicalType: integer',
    'the standard has this key, but nothing here acts on it yet',
  ],
  [
    'a contract without a status',
    'status: active\n',
    '',
    'apiVersion',
    'status is missing; expected the state of the contract',
  ],
  ['a key twice', 'id: purchases', 'id: purchases\nid: sales', 'id: sales', 'not valid YAML: Map keys must be unique'],
  ['broken YAML', '[rds]', '[rds', '', 'not valid YAML: '],
  ['a limit that is too low', '131072', '0', '0\n  - property', 'value.maxFieldBytes is 0; expected more than 0; correct it'],
  [
    'two characters for one',
    "delimiter: ','",
    "delimiter: ';;'",
    "';;'",
    'value.delimiter is ";;"; expected one character; correct it',
  ],
  [
    'an empty list',
    'value: [lowercase]',
    'value: [lowercase]\n        quality: [{ metric: invalidValues, arguments: { validValues: [] }, mustBe: 0 }]',
    '[] }',
    'arguments.validValues is []; expected at least 1; correct it',
  ],
];

describe('a contract that cannot be used', () => {
  it.each(FAULTS)('names the place of %s', (_title, from, to, at, message) => {
    expectRefused(changed(from, to), at, message);
  });

  it('has a line for each fault', () => {
    const text = changed('logicalType: integer', 'logicalType: intger', changed('[rds]', '[mysql]'));
    const places = refusalOf(text)
      .split('\n')
      .map((line) => line.replace(/^purchases\.odcs\.yaml:(\d+:\d+): .*$/, '$1'));
    expect(places).toEqual([placeOf(text, 'intger'), placeOf(text, 'mysql')]);
  });

  it('may be no document at all', () => {
    expect(refusalOf('')).toBe('purchases.odcs.yaml:1:1: the document is null; expected an object; correct it');
    expect(refusalOf('- 1')).toBe('purchases.odcs.yaml:1:1: the document is [1]; expected an object; correct it');
  });

  it('shows the beginning of a long value', () => {
    const text = changed('filePattern: customer', `filePattern: /${'x'.repeat(100)}`);
    expect(refusalOf(text)).toContain(`filePattern is "/${'x'.repeat(58)}…; expected a file name`);
  });

  it('may have numbers of 15 digits and no more', () => {
    const withMaximum = (digits: string) =>
      changed('physicalType: INTEGER', `physicalType: BIGINT\n        logicalTypeOptions: { maximum: ${digits} }`);
    const [quantity] = parseContract(withMaximum('0999999999999999'), 'x').columns.slice(6);
    expect(quantity?.rules).toEqual({ maximum: '999999999999999' });
    expect(refusalOf(withMaximum('1000000000000000'))).toContain('the number 1000000000000000 would be rounded');
  });
});
