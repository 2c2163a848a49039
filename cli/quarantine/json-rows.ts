import { NUMBER, type RowText } from './release-file';

type JsonObject = Readonly<Record<string, unknown>>;

/** Stands for a row that was no object: whoever corrects it sees what it was. */
const RAW = '_raw';

/** Rows of JSON lines, the number as the first key of each. */
export const jsonRows: RowText = {
  format: 'jsonl',
  written: (_, rows) => rows.map(({ row, raw }) => `${numbered(row, raw.trim())}\n`).join(''),
  read: (text) => {
    const objects = text
      .replace(/^\ufeff/, '')
      .split(/\r\n|\n|\r/)
      .filter((line) => line.trim() !== '')
      .map(parseObject);
    const header = [NUMBER, ...new Set(objects.flatMap((each) => Object.keys(each)).filter((key) => key !== NUMBER))];
    return [objects.length > 0 ? header : [], ...objects.map((object) => cellsOf(object, header))];
  },
  cells: (raw, header) => {
    try {
      return cellsOf(parseObject(raw), header);
    } catch {
      return [];
    }
  },
};

/** The row's own text, to the digit. */
function numbered(row: number, raw: string): string {
  try {
    const isEmpty = Object.keys(parseObject(raw)).length === 0;
    return `{"${NUMBER}": ${row}${isEmpty ? '}' : `, ${raw.slice(1).trimStart()}`}`;
  } catch {
    return JSON.stringify({ [NUMBER]: row, [RAW]: raw });
  }
}

function parseObject(line: string): JsonObject {
  const value: unknown = JSON.parse(line);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('a line is no object');
  return value as JsonObject;
}

function cellsOf(object: JsonObject, header: readonly string[]): string[] {
  return header.map((name) => {
    const value = object[name];
    return typeof value === 'string' ? value : value === undefined || value === null ? '' : JSON.stringify(value);
  });
}
