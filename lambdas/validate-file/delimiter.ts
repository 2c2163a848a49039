import { countKnown, type AgreedColumn } from './header';
import { readRecords } from './records';

const NAMES: Readonly<Record<string, string>> = { ',': 'commas', ';': 'semicolons', '\t': 'tabs', '|': 'pipes' };

export function delimiterName(delimiter: string): string {
  return NAMES[delimiter] ?? JSON.stringify(delimiter);
}

/** The delimiter that the first record has in truth, when that is plainly another than the agreed one. */
export function otherDelimiter(
  text: string,
  agreed: { readonly delimiter: string; readonly quote: string },
  columns: readonly AgreedColumn[],
): string | undefined {
  const firstLine = /^\s*[^\r\n]*/.exec(text)?.[0] ?? '';
  const score = (delimiter: string) => {
    const cells = readRecords(firstLine, { ...agreed, delimiter }).records[0]?.cells ?? [];
    return { delimiter, known: countKnown(cells, columns), width: cells.length };
  };
  const ours = score(agreed.delimiter);
  const [best] = Object.keys(NAMES)
    .filter((delimiter) => delimiter !== agreed.delimiter)
    .map(score)
    .sort((one, other) => other.known - one.known || other.width - one.width);
  if (best === undefined || best.width < 2) return undefined;
  const hasMoreNames = best.known >= 2 && best.known > ours.known;
  // Without a name to go by: as many cells as there are columns, or several where we see one.
  const hasRightWidth = best.width === columns.length && ours.width !== columns.length;
  const isBetter = ours.known === 0 && (hasRightWidth || ours.width < 2);
  return hasMoreNames || isBetter ? best.delimiter : undefined;
}
