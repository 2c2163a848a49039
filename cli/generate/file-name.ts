import type { Contract } from '../../contracts/contract';
import type { FileFormat } from '../../contracts/file-format';
import { nameOfDay } from '../../contracts/file-name';
import { UserError } from '../failure';

/** The file's name by its contract's pattern; `date` is YYYY-MM-DD. */
export function fileNameOf({ dataset, inbox }: Contract, date: string, format: FileFormat): string {
  const { filePattern, dateFormat } = inbox;
  if (dateFormat === undefined)
    throw new UserError(
      `contract ${dataset}: ${filePattern} has no {date}, and files of several batches would have one name; add it`,
    );
  if (format !== 'csv' && !filePattern.includes('{format}'))
    throw new UserError(`contract ${dataset}: ${filePattern} leaves no choice of the format; generate it as csv`);
  return nameOfDay(inbox, date, format);
}

export type FormatChoice = FileFormat | 'mixed';

/** Mixed: each dataset as such data mostly comes. */
export function formatOf(dataset: string, choice: FormatChoice): FileFormat {
  if (choice !== 'mixed') return choice;
  return { web_events: 'jsonl' as const, inventory: 'parquet' as const }[dataset] ?? 'csv';
}
