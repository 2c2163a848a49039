import { DuplicateColumn, MissingColumn, MissingHeader, UnknownColumn } from '../../contracts/errors';

export interface AgreedColumn {
  readonly name: string;
  /** What older files call it. */
  readonly renamedFrom?: string;
  /** Present where older files have no such column. */
  readonly addedIn?: string;
}

/** Letters, and nothing that a number, a date or an address has. */
const LIKE_A_VALUE = /^[-+]?[\d.,]+$|^\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}|@/;
const MAX_SHOWN = 60;

/** How many of the cells are names of columns, whatever their case and the blanks around them. */
export function countKnown(cells: readonly string[], columns: readonly AgreedColumn[]): number {
  const names = byName(columns);
  return new Set(cells.map((cell) => names.get(plain(cell))).filter((name) => name !== undefined)).size;
}

/** Whether the first record names columns rather than being a row already. */
export function looksLikeHeader(cells: readonly string[], columns: readonly AgreedColumn[]): boolean {
  const known = countKnown(cells, columns);
  return known * 2 >= columns.length || (known > 0 && !cells.some((cell) => LIKE_A_VALUE.test(cell.trim())));
}

/**
 * The contract's column names in the order of the file, found by name: order, case and blanks around do not matter. A
 * renamed column is known by its old name too, one that came later may be absent.
 *
 * `place` says in messages where the names stand. Raises MissingHeader, DuplicateColumn, MissingColumn and UnknownColumn.
 */
export function mapHeader(place: string, cells: readonly string[], columns: readonly AgreedColumn[]): string[] {
  const agreed = columns.map(({ name }) => name).join(', ');
  if (!looksLikeHeader(cells, columns))
    // The cells are not shown: where a header is missing they are somebody's data.
    throw new MissingHeader(
      `${place}: ${cells.length} cells that are not the columns' names, expected the header ${agreed}; ` +
        'add it as the first line',
    );
  const names = byName(columns);
  refuseDuplicates(place, cells, names);
  const unknown = cells.map((cell, index) => ({ cell, index })).filter(({ cell }) => !names.has(plain(cell)));
  const found = new Set(cells.map((cell) => names.get(plain(cell))));
  const missing = columns.filter(({ name, addedIn }) => addedIn === undefined && !found.has(name));
  const unknownNames = unknown.map(({ cell, index }) => `"${shown(cell)}" (column ${index + 1})`).join(', ');
  if (missing.length > 0)
    throw new MissingColumn(
      `${place}: no column ${missing.map(({ name }) => `"${name}"`).join(', ')}` +
        `${unknown.length > 0 ? `, but ${unknownNames}` : ''}; expected ${agreed}; add or rename it`,
    );
  if (unknown.length > 0)
    throw new UnknownColumn(
      `${place}: ${unknownNames} is not in the contract; expected ${agreed}; remove it or add it to the contract`,
    );
  return cells.map((cell) => names.get(plain(cell)) ?? cell);
}

function refuseDuplicates(place: string, cells: readonly string[], agreed: ReadonlyMap<string, string>): void {
  const names = cells.map((cell) => agreed.get(plain(cell)) ?? plain(cell));
  const second = names.findIndex((name, index) => name !== '' && names.indexOf(name) < index);
  const twice = cells[second];
  if (twice === undefined) return;
  const first = names.indexOf(names[second] ?? '');
  const other = cells[first] ?? '';
  const isRenamed = plain(other) !== plain(twice);
  throw new DuplicateColumn(
    `${place}: column "${shown(twice)}" is there twice (columns ${first + 1} and ${second + 1}), ` +
      `${isRenamed ? `the other time as "${shown(other)}", ` : ''}expected each name once; remove or rename one`,
  );
}

/** What a header may say → the contract's name. */
function byName(columns: readonly AgreedColumn[]): Map<string, string> {
  const former = columns.flatMap(({ name, renamedFrom }) =>
    renamedFrom === undefined ? [] : [[plain(renamedFrom), name] as const],
  );
  return new Map([...former, ...columns.map(({ name }) => [plain(name), name] as const)]);
}

function plain(name: string): string {
  return name.trim().normalize('NFC').toLowerCase();
}

/** A name from a file, short and on one line; what looks like a value may be a person's and is not shown. */
function shown(name: string): string {
  const oneLine = name.trim().replace(/\s+/g, ' ');
  if (LIKE_A_VALUE.test(oneLine)) return '***';
  return oneLine.length > MAX_SHOWN ? `${oneLine.slice(0, MAX_SHOWN)}…` : oneLine;
}
