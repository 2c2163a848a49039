import { expect, it } from 'vitest';
import { table, visible } from '../../../cli/output/table';

it('sets text left and numbers right, and shows what is null', () => {
  const text = table(
    ['name', 'total'],
    [
      ['Hélène', '9.50'],
      ["O'Reilly", '1200.00'],
      [null, '-3'],
    ],
  );
  expect(text).toBe(
    ['name        total', '--------  -------', 'Hélène       9.50', "O'Reilly  1200.00", 'null           -3'].join('\n'),
  );
});

it('shows columns without rows', () => {
  expect(table(['a', 'b'], [])).toBe('a  b\n-  -');
});

it('measures a letter with its accent as one', () => {
  expect(table(['name', 'x'], [['Holy\u0301', 'y']])).toBe('name  x\n----  -\nHoly\u0301  y');
});

it('spells out what would steer the terminal', () => {
  expect(visible('a\n\u001b[31mred\u202e\u0000')).toBe('a\\n\\u001b[31mred\\u202e\\u0000');
});
