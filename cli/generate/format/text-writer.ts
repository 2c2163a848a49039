import type { Column } from '../../../contracts/column';
import type { Contract } from '../../../contracts/contract';
import type { Fault } from '../defect/fault';
import type { Row, Value } from '../row';
import { numberTextOf } from './cell-text';
import type { Bytes, RowWriter } from './writer';

const AT_ONCE = 1 << 17;

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
  const cells = columns.map((column) => ({ name: column.name, textOf: csvText(column, quoted) }));
  const lineOf: LineOf = (row, fault) => {
    let line = '';
    for (const { name, textOf } of cells) {
      if (line !== '' || name !== cells[0]?.name) line += delimiter;
      line += fault?.column === name ? quoted(fault.text) : textOf(row[name] ?? null);
    }
    return `${line}\n`;
  };
  return new TextWriter(bytes, lineOf, `${columns.map(({ name }) => quoted(name)).join(delimiter)}\n`);
}

function csvText(column: Column, quoted: (text: string) => string): (value: Value) => string {
  const numberText = numberTextOf(column);
  return (value) => {
    if (typeof value === 'string') return quoted(value);
    if (typeof value === 'number') return quoted(numberText(value));
    return value === null ? '' : String(value);
  };
}

/** Numbers stand as they are written in CSV, digit by digit. */
export function jsonLinesWriter({ columns }: Contract, bytes: Bytes): RowWriter {
  const cells = columns.map((column) => ({ name: column.name, textOf: jsonText(column) }));
  const keys = cells.map(({ name }, index) => `${index === 0 ? '{' : ','}${JSON.stringify(name)}:`);
  const lineOf: LineOf = (row, fault) => {
    let line = '';
    for (const [index, { name, textOf }] of cells.entries())
      line += (keys[index] ?? '') + (fault?.column === name ? faultText(fault, textOf) : textOf(row[name] ?? null));
    return `${line}}\n`;
  };
  return new TextWriter(bytes, lineOf);
}

function faultText({ value, text }: Fault, textOf: (value: Value) => string): string {
  return value === undefined ? JSON.stringify(text) : textOf(value);
}

function jsonText(column: Column): (value: Value) => string {
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
