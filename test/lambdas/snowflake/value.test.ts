import { expect, it } from 'vitest';
import { valueOf } from '../../../lambdas/snowflake/value';

const column = (type: string, scale?: number) => ({ name: 'c', type, scale });

it.each([
  ['42', column('fixed', 0), 42],
  ['900719925474099312', column('fixed', 0), '900719925474099312'],
  ['1.50', column('fixed', 2), '1.50'],
  ['true', column('boolean'), true],
  ['false', column('boolean'), false],
  ['20098', column('date'), '2025-01-10'],
  ['-1', column('date'), '1969-12-31'],
  ['1736499600.000000000', column('timestamp_ntz'), '2025-01-10T09:00:00'],
  ['1736499600.250000000', column('timestamp_ntz'), '2025-01-10T09:00:00.25'],
  ['-0.250000000', column('timestamp_ntz'), '1969-12-31T23:59:59.75'],
  ['1736499600.000000001', column('timestamp_ltz'), '2025-01-10T09:00:00.000000001Z'],
  ['1736499600.5 1560', column('timestamp_tz'), '2025-01-10T09:00:00.5Z'],
  ['a text', column('text'), 'a text'],
  ['1e3', column('real'), '1e3'],
  [null, column('fixed', 0), null],
])('%s as %o', (text, of, value) => {
  expect(valueOf(text, of)).toEqual(value);
});
