import { CsvError, parse } from 'csv-parse/sync';

export interface CsvRecord {
  /** The line it ends on; the header is line 1. */
  readonly line: number;
  readonly cells: readonly string[];
}

export interface SampleRecords {
  /** Of a part of a file the last one may be cut off. */
  readonly records: readonly CsvRecord[];
  /** The text that begins with a quote which the sample does not close, and the line where its record starts. */
  readonly unclosed?: { readonly line: number; readonly text: string };
}

interface Dialect {
  readonly delimiter: string;
  readonly quote: string;
}

/** Divides text into records as the load will: blank lines left out, any line ends, quotes across lines. */
export function readRecords(text: string, { delimiter, quote }: Dialect): SampleRecords {
  const records: CsvRecord[] = [];
  let line = 0;
  let bytes = 0;
  try {
    parse(text, {
      delimiter,
      quote,
      // A quote inside a cell spoils one row at most, and that is for the load to say.
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      record_delimiter: ['\r\n', '\n', '\r'],
      on_record: (cells: string[], context) => {
        ({ lines: line, bytes } = context);
        records.push({ line, cells });
        return null;
      },
    });
    return { records };
  } catch (error) {
    if (!(error instanceof CsvError) || error.code !== 'CSV_QUOTE_NOT_CLOSED') throw error;
    return { records, unclosed: { line: line + 1, text: Buffer.from(text).subarray(bytes).toString() } };
  }
}
