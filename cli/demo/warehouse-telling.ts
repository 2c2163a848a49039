import { count, counted } from '../output/quantities';
import { table } from '../output/table';
import type { QueryResult } from '../aws/query-function';
import { modelsTable } from '../refresh/refresh-text';
import type { WarehouseDemonstration } from './warehouse';

/** What the demo of the warehouse found, and where to go from there. */
export function warehouseTold(demo: WarehouseDemonstration): string {
  const { refresh, tables, categories, history } = demo;
  return [
    refresh.models.length === 0
      ? 'The refresh found nothing new.'
      : `What the refresh built\n${indented(modelsTable(refresh))}`,
    '',
    'The star schema and two of its marts',
    shown(tables),
    '',
    'Sales by category, without what was cancelled or returned',
    shown(categories),
    '',
    'A customer whose history matters: what was bought in each state',
    shown(history),
    '',
    judgement(demo),
    '',
    'Where to look next',
    ...NEXT.map(([command, what]) => `  ${command}\n      ${what}`),
  ].join('\n');
}

const NEXT = [
  [
    'npx assay query redshift --file sql/queries/sales_by_state_at_the_time.sql --param from_day=2025-01-01 --param to_day=2025-12-31',
    'revenue by the segment of customers as it was, and as it is',
  ],
  ['npx assay quarantine show order_items', 'every refused row with its reasons'],
  [
    'npx assay generate --scale small --defects 0.01 --out data',
    'more data, which `npx assay drop data` and `npx assay refresh` take in',
  ],
  ['npx assay down', 'stop the laptop; its data stays until `npx assay down --delete-data`'],
] as const;

function judgement({ runs, sold: [lines, amount], disagreements }: WarehouseDemonstration): string {
  if (disagreements.length > 0)
    return ['WRONG: the tables are not what is known of them', ...disagreements.map((each) => `  ${each}`)].join('\n');
  const refused = runs.reduce((sum, { rows }) => sum + (rows?.quarantined ?? 0), 0);
  const files = runs.every(({ status }) => status === 'succeeded')
    ? `each of ${counted(runs.length, 'file')} has the rows that the generator knows, ${count(refused)} of them refused;\n`
    : '';
  return `Checked: ${files}the ${count(Number(lines))} order lines of the star schema add up to the lake's, ${amount} AUD, to the cent.`;
}

function shown({ columns, rows }: QueryResult): string {
  return indented(table(columns, rows));
}

function indented(text: string): string {
  return text.replace(/^/gm, '  ');
}
