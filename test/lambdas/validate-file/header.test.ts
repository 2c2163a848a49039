import { expect, test } from 'vitest';
import { AssayError } from '../../../contracts/errors';
import { inspectCsv } from '../../../lambdas/validate-file/inspect-csv';
import { COLUMNS, CONTRACT, HEADER, ROW, sampleOf } from './files';

/** The purchases contract after `product` was renamed from `item` and `email` came later. */
const EVOLVED = {
  ...CONTRACT,
  columns: CONTRACT.columns.map((column) => ({
    ...column,
    ...(column.name === 'product' && { renamedFrom: 'item' }),
    ...(column.name === 'email' && { addedIn: '1.1.0' }),
  })),
  mustFit: true,
};
const WITHOUT_EMAIL = COLUMNS.filter((name) => name !== 'email');

function seen(content: string): string {
  try {
    return inspectCsv(sampleOf(content), EVOLVED).header.join();
  } catch (error) {
    if (!(error instanceof AssayError)) throw error;
    return `${error.name}: ${error.message}`;
  }
}

test.each([
  ['a file of today', HEADER, HEADER],
  ['an old name, whatever its case', HEADER.replace('product', ' Item '), HEADER],
  ['a file without the later column', WITHOUT_EMAIL.join(), WITHOUT_EMAIL.join()],
  ['both', WITHOUT_EMAIL.join().replace('product', 'item'), WITHOUT_EMAIL.join()],
])('the header of %s is understood', (_what, header, mapped) => {
  expect(seen(`${header}\n`)).toBe(mapped);
});

test('the rows of a file without the later column fit', () => {
  const row = ROW.replace('ann@example.org,', '');
  expect(seen(`${WITHOUT_EMAIL.join()}\n${`${row}\n`.repeat(60)}`)).toBe(WITHOUT_EMAIL.join());
});

test('an old name beside the new one is the same column twice', () => {
  expect(seen(`item,${HEADER}\n`)).toBe(
    'DuplicateColumn: customer_purchases_20250102.csv line 1: column "product" is there twice (columns 1 and 7), ' +
      'the other time as "item", expected each name once; remove or rename one',
  );
});

test('any other column must be there', () => {
  expect(seen(`${HEADER.replace('product,', '')}\n`)).toMatch(/^MissingColumn: .* no column "product"; expected/);
  expect(seen(`${HEADER.replace('quantity', 'item_count')}\n`)).toMatch(
    /^MissingColumn: .* no column "quantity", but "item_count"/,
  );
});
