import { FieldTooLong, MissingHeader, UnclosedQuote, WrongDelimiter } from '../../contracts/errors';
import type { AgreedFile } from './agreed-file';
import { decode } from './decode';
import { delimiterName, otherDelimiter } from './delimiter';
import { looksLikeHeader, mapHeader } from './header';
import type { Inspected } from './inspected';
import { readRecords, type CsvRecord, type SampleRecords } from './records';
import { refuseOtherFormats } from './refuse-other-formats';
import { refuseIfNothingFits } from './rows';
import { emptyFile, type Sample } from './sample';

/**
 * The columns of the file, in its order, from its beginning alone. Raises an error for what spoils the whole file; a bad row
 * is set aside later, with its reasons.
 */
export function inspectCsv(sample: Sample, contract: AgreedFile): Inspected {
  refuseOtherFormats(sample, 'csv');
  const text = decode(sample);
  refuseOtherDelimiter(sample, text, contract);
  const found = readRecords(text, contract.csv);
  refuseUnreadable(sample, found, contract.csv.maxFieldBytes);
  const records = complete(sample, text, found);
  const [first] = records;
  if (first === undefined) throw emptyFile(sample.fileName, 'has only blank lines');
  const inspected = headerOf(sample.fileName, first.cells, contract);
  const { header, headerLines } = inspected;
  const columns = contract.columns.filter(({ name }) => header.includes(name));
  if (contract.mustFit) refuseIfNothingFits(sample.fileName, header, records.slice(headerLines), columns, headerLines > 0);
  return inspected;
}

/** The header's columns; where there may be none and there is none, the contract's in its order. */
function headerOf(fileName: string, cells: readonly string[], { csv, columns }: AgreedFile): Inspected {
  if (csv.header === 'required' || looksLikeHeader(cells, columns))
    return { header: mapHeader(`${fileName} line 1`, cells, columns), headerLines: 1 };
  const header = columns.map(({ name }) => name);
  if (cells.length === header.length) return { header, headerLines: 0 };
  throw new MissingHeader(
    `${fileName} line 1: ${cells.length} cells and no header, expected the ${header.length} columns ${header.join(', ')} in ` +
      'this order, or their names as the first line; correct the file',
  );
}

function refuseOtherDelimiter({ fileName }: Sample, text: string, { csv, columns }: AgreedFile): void {
  if (columns.length < 2) return;
  const other = otherDelimiter(text, csv, columns);
  if (other === undefined) return;
  throw new WrongDelimiter(
    `${fileName} line 1: cells are separated by ${delimiterName(other)}, expected ${delimiterName(csv.delimiter)}; ` +
      `export the file with ${delimiterName(csv.delimiter)}`,
  );
}

function refuseUnreadable({ fileName, isWhole }: Sample, found: SampleRecords, maxFieldBytes: number): void {
  const { records, unclosed } = found;
  const long = records.find(({ cells }) => cells.some((cell) => Buffer.byteLength(cell) > maxFieldBytes));
  const isEndless = unclosed !== undefined && Buffer.byteLength(unclosed.text) > maxFieldBytes;
  // As the load sees it: over several lines a cell without end is a forgotten quote, on one it is just long.
  if (unclosed && (isWhole || (isEndless && /[\r\n]./.test(unclosed.text))))
    throw new UnclosedQuote(
      `${fileName} line ${unclosed.line}: a quote opens in this row and is not closed by the end of the ` +
        `${isWhole ? 'file' : 'first 256 KB'}; close it, or double a quote that is part of the text`,
    );
  const line = long?.line ?? (isEndless ? unclosed.line : undefined);
  if (line !== undefined)
    throw new FieldTooLong(
      `${fileName} line ${line}: a cell is longer than ${maxFieldBytes} bytes, the contract's limit; shorten it, or raise ` +
        'the limit in the contract',
    );
}

/** The records without one that the sample's end cuts off. */
function complete(
  { fileName, isWhole, bytes }: Sample,
  text: string,
  { records, unclosed }: SampleRecords,
): readonly CsvRecord[] {
  const isCutOff = !isWhole && !unclosed && !/[\r\n]$/.test(text);
  const whole = isCutOff ? records.slice(0, -1) : records;
  if (whole.length > 0 || isWhole) return whole;
  throw new FieldTooLong(`${fileName} line 1 does not end within ${bytes.length} bytes, expected a header line; is it a CSV?`);
}
