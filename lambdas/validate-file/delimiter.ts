import { readRecords } from './records';

const NAMES: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'pipes' };

export function delimiterName(delimiter: string): string {
  return NAMES[delimiter] ?? JSON.stringify(delimiter);
}

/** The delimiter that the first record has in truth, when that is plainly another than the agreed one. */
export function otherDelimiter(
  text: string,
  agreed: { readonly delimiter: string; readonly quote: string },
  countKnown: (cells: readonly string[]) => number,
): string | undefined {
  const firstLine = /^\s*[^\r\n]*/.exec(text)?.[0] ?? '';
  const cellsBy = (delimiter: string) => readRecords(firstLine, { ...agreed, delimiter }).records[0]?.cells ?? [];
  const score = (delimiter: string) => ({ delimiter, known: countKnown(cellsBy(delimiter)), width: cellsBy(delimiter).length });
  const ours = score(agreed.delimiter);
  const [best] = Object.keys(NAMES)
    .filter((delimiter) => delimiter !== agreed.delimiter)
    .map(score)
    .sort((one, other) => other.known - one.known || other.width - one.width);
  if (best === undefined || best.width < 2) return undefined;
  const hasMoreColumns = best.known >= 2 && best.known > ours.known;
  // Without any name to go by: one cell for us, several for them.
  return hasMoreColumns || ours.width < 2 ? best.delimiter : undefined;
}
