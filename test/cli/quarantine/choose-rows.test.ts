import { expect, it } from 'vitest';
import { chooseRows } from '../../../cli/quarantine/choose-rows';

const refused = (row: number, releasedBy: string | null = null) => ({ row, raw: `raw ${row}`, releasedBy });
const ROWS = [refused(3), refused(17), refused(20, 'run'), refused(21)];
const numbers = (...chosen: (number[] | undefined)[]) => chosen.map((each) => chooseRows(ROWS, each).map(({ row }) => row));

it('is all rows that did not come back yet, or of those the named ones, each once, as they were named', () => {
  expect(numbers(undefined, [21, 3, 21], [17, 20], [20], [])).toEqual([[3, 17, 21], [21, 3], [17], [], []]);
});

it('does not pass over a number that is not there', () => {
  expect(() => chooseRows(ROWS, [3, 4, 5])).toThrow(
    "of the run's refused rows none has the number 4, 5: see `npx assay quarantine show`",
  );
  expect(() => chooseRows(ROWS, [31, 32, 33, 34, 35, 36])).toThrow(/number 31, 32, 33, 34, 35:/);
});
