import type { Contract } from '../../contracts/contract';
import { UserError } from '../failure';
import type { CorrectedRows, Refused, RowText } from './release-file';

type Keyed = Pick<Contract, 'columns' | 'primaryKey'>;

/**
 * That corrected rows are those that were refused: a number alone also fits a row of another file. Raises UserError where a
 * row has another key than the refused one; a refused row without a key, or not divided into cells, tells nothing.
 */
export function checkKeys(
  path: string,
  corrected: CorrectedRows,
  refused: readonly Refused[],
  header: readonly string[],
  contract: Keyed,
  rowsAs: RowText,
): void {
  const raw = new Map(refused.map((each) => [each.row, each.raw]));
  for (const { row, cells } of corrected.rows) {
    const before = keyOf(header, rowsAs.cells(raw.get(row) ?? '', header), contract);
    const after = keyOf(corrected.header, cells, contract);
    if (before !== undefined && after !== undefined && before !== after)
      throw new UserError(
        `${path}, _row ${row}: ${contract.primaryKey.join(', ')} is ${after}, of the refused row it is ${before}; ` +
          'correct the rows that this run refused, and drop others as a file of their own',
      );
  }
}

/** As text; undefined where a part is missing or the row has not as many cells as the header. */
function keyOf(header: readonly string[], cells: readonly string[], { columns, primaryKey }: Keyed): string | undefined {
  if (cells.length !== header.length) return undefined;
  const names = header.map((name) => name.trim());
  const parts = primaryKey.map((name) => {
    const former = columns.find((column) => column.name === name)?.renamedFrom ?? name;
    const place = names.includes(name) ? names.indexOf(name) : names.indexOf(former);
    return cells[place]?.trim().normalize('NFC') ?? '';
  });
  return parts.includes('') ? undefined : parts.join(', ');
}
