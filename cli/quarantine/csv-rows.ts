import { parse } from 'csv-parse/sync';
import type { Contract } from '../../contracts/contract';
import { NUMBER, type RowText } from './release-file';

/** Rows of CSV, separated and quoted as the contract says. */
export function csvRows({ delimiter, quote }: Pick<Contract['csv'], 'delimiter' | 'quote'>): RowText {
  const read = (text: string): string[][] =>
    parse(text, { delimiter, quote, bom: true, relax_column_count: true, skip_empty_lines: true });
  return {
    format: 'csv',
    read,
    written: (header, rows) => {
      const lines = [[NUMBER, ...header].join(delimiter), ...rows.map(({ row, raw }) => `${row}${delimiter}${raw}`)];
      return `${lines.join('\n')}\n`;
    },
    cells: (raw) => {
      try {
        return read(raw)[0] ?? [];
      } catch {
        return [];
      }
    },
  };
}
