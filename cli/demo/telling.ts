import { count, counted } from '../output/quantities';
import { table, visible } from '../output/table';
import { contractOf } from '../datasets';
import { reasonText } from '../quarantine/refused-row';
import type { RefusedRow } from '../quarantine/refused-row';
import type { QueryResult } from '../aws/query-function';
import type { RowCounts } from '../../contracts/run';
import { shortId } from '../runs/find-run';
import type { Demonstration } from './demo';
import { money, totalCents } from './truth';

const SHOWN_DISAGREEMENTS = 3;

/** The rows of the demo's file that did not end as the generator knows they must. */
export function countDisagreements(rows: RowCounts | null, expected: RowCounts): string[] {
  const kinds = ['read', 'published', 'quarantined', 'deduplicated'] as const;
  return kinds
    .filter((kind) => rows?.[kind] !== expected[kind])
    .map((kind) => `${kind}: ${rows?.[kind] ?? 'unknown'} rows, and ${expected[kind]} were written to be`);
}

export function allDisagreements({ run, file, results }: Demonstration): string[] {
  return [...countDisagreements(run.rows, file.truth.rows), ...results.disagreements];
}

/** What the demo found, and where to go from there. */
export function told(demo: Demonstration): string {
  const { run, results } = demo;
  return [
    'Top five customers, from the database',
    indented(withoutEmail(results.topCustomers)),
    '',
    `This file: ${countsText(run.rows)}`,
    ...results.examples.map(exampleText),
    '',
    judgement(demo),
    '',
    'Where to look next',
    ...nextCommands(shortId(run.id)),
  ].join('\n');
}

/** Without what makes the table wider than many a terminal. */
function withoutEmail({ columns, rows }: QueryResult): string {
  const kept = columns.flatMap((name, index) => (name === 'email' ? [] : [index]));
  const only = (cells: readonly unknown[]): unknown[] => kept.map((index) => cells[index]);
  return table(only(columns).map(String), rows.map(only));
}

function judgement(demo: Demonstration): string {
  const wrong = allDisagreements(demo);
  const { truth, days } = demo;
  if (wrong.length === 0) {
    const facts = `${counted(truth.purchases, 'purchase')} of ${counted(truth.customers.size, 'customer')}, ${audText(totalCents(truth))}`;
    return `Checked: the generator knows what it wrote in ${counted(days, 'day')}, ${facts};\nsilver, gold and the database say the same, customer by customer, to the cent.`;
  }
  const shown = wrong.slice(0, SHOWN_DISAGREEMENTS).map((each) => `  ${each}`);
  const more = wrong.length > SHOWN_DISAGREEMENTS ? [`  and ${wrong.length - SHOWN_DISAGREEMENTS} more`] : [];
  return ['WRONG: the tables are not what the generator knows', ...shown, ...more].join('\n');
}

function audText(cents: number): string {
  const [dollars = '0', rest = '00'] = money(cents).split('.');
  return `${count(Number(dollars))}.${rest} AUD`;
}

function countsText(rows: RowCounts | null): string {
  if (rows === null) return 'no counts';
  return `${counted(rows.read, 'row')} read = ${count(rows.published)} published + ${rows.quarantined} quarantined + ${rows.deduplicated} deduplicated`;
}

function exampleText({ line, reasons, raw }: RefusedRow): string {
  const contract = contractOf('purchases');
  const told = reasons.map((reason) => reasonText(reason, contract)).join('; ');
  return `  line ${line} was refused: ${told}\n    ${visible(raw ?? '')}`;
}

function nextCommands(run: string): string[] {
  return [
    ['npx assay run ' + run, 'every step of this run'],
    ['npx assay runs', 'every file that came'],
    ['npx assay quarantine show purchases', 'every refused row with its reasons'],
    ['npx assay query lake "select * from silver.purchases limit 5"', 'the lake'],
    ['npx assay drop FILE', 'a customer_purchases_YYYYMMDD.csv of your own'],
    ['npm run demo', "the next day's file"],
    ['npx assay down', 'stop the laptop; its data stays until `npx assay down --delete-data`'],
  ].map(([command = '', what = '']) => `  ${command.padEnd(64)}${what}`);
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
