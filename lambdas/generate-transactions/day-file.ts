import { perhapsSpoiled } from './faults';
import { Random } from './random';
import { secondsOf, transactionsOf } from './season';
import { COLUMNS, transactionOf, type Transaction } from './transaction';

export interface DayFile {
  /** Below the inbox, by year, month and day. */
  readonly key: string;
  readonly content: string;
}

/** The file of a day, YYYY-MM-DD: the same bytes whenever and wherever it is made. */
export function fileOfDay(day: string): DayFile {
  const [year = '', month = '', date = ''] = day.split('-');
  const digits = year + month + date;
  return {
    key: `transactions/year=${year}/month=${month}/day=${date}/transactions_${digits}.csv`,
    content: `${[COLUMNS.join(','), ...rowsOf(day, new Random(Number(digits))).map(line)].join('\n')}\n`,
  };
}

function rowsOf(day: string, random: Random): Transaction[] {
  const seconds = secondsOf(transactionsOf(day, random), random);
  return seconds.map((second, index) => perhapsSpoiled(transactionOf(day, index + 1, second, random), random));
}

function line(row: Transaction): string {
  return COLUMNS.map((column) => cell(row[column])).join(',');
}

function cell(text: string): string {
  return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
