import type { Column } from '../../../contracts/column';
import type { Contract } from '../../../contracts/contract';
import type { Fault } from '../defect/fault';
import type { Row, Value } from '../row';
import { numberTextOf } from './cell-text';
import type { Bytes, RowWriter } from './writer';

/** Few enough that most of the text is garbage before the collector copies it. */
const AT_ONCE = 1 << 16;

type LineOf = (row: Row, fault?: Fault) => string;

/** A line a row. */
class TextWriter implements RowWriter {
  private waiting: string;

  constructor(
    private readonly bytes: Bytes,
    private readonly lineOf: LineOf,
    head = '',
  ) {
    this.waiting = head;
  }

  add(row: Row, fault?: Fault): Promise<void> | undefined {
    this.waiting += this.lineOf(row, fault);
    return this.waiting.length < AT_ONCE ? undefined : this.end();
  }

  end(): Promise<void> {
    const text = this.waiting;
    this.waiting = '';
    return this.bytes.write(Buffer.from(text));
  }
}

export function csvWriter({ columns, csv }: Contract, bytes: Bytes): RowWriter {
  const { delimiter, quote } = csv;
  const special = new RegExp(`[\\r\\n${escaped(delimiter)}${escaped(quote)}]`);
  const quoted = (text: string): string => (special.test(text) ? quote + text.replaceAll(quote, quote + quote) + quote : text);
  // No number, date or time has any other sign than these.
  const isPlain = !special.test('0123456789+-./: _TZ');
  const lineOf = lineWriter(
    columns,
    (column) => csvText(column, quoted, isPlain),
    ({ text }) => quoted(text),
    delimiter,
  );
  const head = columns.map(({ name }) => quoted(name)).join(delimiter);
  return new TextWriter(bytes, (row, fault) => `${lineOf(row, fault)}\n`, `${head}\n`);
}

type CellText = (value: Value) => string;

/** A row's cells in the order of the columns. */
function lineWriter(
  columns: readonly Column[],
  cellText: (column: Column) => CellText,
  faultText: (fault: Fault, textOf: CellText) => string,
  between: string,
  before: (name: string) => string = () => '',
): LineOf {
  const cells = columns.map((column, index) => ({
    name: column.name,
    before: (index === 0 ? '' : between) + before(column.name),
    textOf: cellText(column),
  }));
  return (row, fault) => {
    let line = '';
    for (const { name, before, textOf } of cells) {
      const isFaulty = fault !== undefined && fault.column === name;
      line += before + (isFaulty ? faultText(fault, textOf) : textOf(row[name] ?? null));
    }
    return line;
  };
}

function csvText(column: Column, quoted: (text: string) => string, isPlain: boolean): CellText {
  const textOf = numberTextOf(column);
  const numberText = isPlain ? textOf : (value: number) => quoted(textOf(value));
  return (value) => {
    if (typeof value === 'string') return quoted(value);
    if (typeof value === 'number') return numberText(value);
    return value === null ? '' : quoted(String(value));
  };
}

/** Numbers stand as they are written in CSV, digit by digit. */
export function jsonLinesWriter({ columns }: Contract, bytes: Bytes): RowWriter {
  const faultText = ({ value, text }: Fault, textOf: CellText): string =>
    value === undefined ? JSON.stringify(text) : textOf(value);
  const lineOf = lineWriter(columns, jsonText, faultText, ',', (name) => `${JSON.stringify(name)}:`);
  return new TextWriter(bytes, (row, fault) => `{${lineOf(row, fault)}}\n`);
}

function jsonText(column: Column): CellText {
  const numberText = numberTextOf(column);
  const isMoment = column.type === 'date' || column.type === 'timestamp';
  return (value) => {
    if (typeof value === 'string') return JSON.stringify(value);
    if (typeof value === 'number') return isMoment ? `"${numberText(value)}"` : numberText(value);
    return String(value);
  };
}

function escaped(character: string): string {
  return /[\w\s]/.test(character) ? character : `\\${character}`;
}
