import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { assayJson, type Finished, type JudgedRun } from './assay';
import { TestLaptop } from './laptop';

/** The data-quality notebook, executed against a laptop with two published files and a refused one. */

const PROJECT = fileURLToPath(new URL('../..', import.meta.url));
const HEADER = 'purchase_id,customer_id,first_name,last_name,email,product,quantity,amount_aud,purchase_date';
const row = (id: string, amount = '1.00', quantity = '1', date = '2025-01-01') =>
  `${id},7,Ada,Lovelace,Countess@Example.com,Book,${quantity},${amount},${date}`;
const good = (day: number, count: number) =>
  Array.from({ length: count }, (_, index) => row(`${day}-${index}`, `${index + 1}.50`, '1', `2025-03-0${day}`));
const FILES = {
  'customer_purchases_20250301.csv': [...good(1, 200), row('a', '12.345'), row('b', '1.00', 'many'), row('c', 'x', 'y')],
  'customer_purchases_20250302.csv': [...good(2, 200), row('d', '-1.00'), row('e', '2.00', '1', '2025-02-30')],
  // Half of its amounts are none.
  'customer_purchases_20250303.csv': [...good(3, 20), ...good(3, 20).map((line) => line.replace('.50,', '.5o,'))],
};

interface Figures {
  readonly columns: readonly { readonly column: string; readonly rows: number; readonly [figure: string]: unknown }[];
  readonly runs: readonly { readonly id: string; readonly scores: unknown }[];
  readonly quarantine: {
    readonly runs: Readonly<Record<string, number>>;
    readonly reasons: readonly { readonly rule: string; readonly column: string; readonly rows: number }[];
  };
}

const laptop = new TestLaptop('acceptance');
const folder = mkdtempSync(join(tmpdir(), 'assay notebook '));

/** As `npm run notebook` does once all is installed. */
function render(name: string, ...words: string[]): Promise<Finished> {
  const python = join(PROJECT, '.assay', 'notebook-venv', 'bin', 'python');
  const command = [join(PROJECT, 'notebooks', 'render.py'), '--out', folder, ...words];
  return new Promise((resolve) => {
    const child = execFile(python, command, { env: { ...process.env, ASSAY_LAPTOP: name } }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}

beforeAll(() => laptop.startClean(), 300_000);

afterAll(async () => {
  await laptop.discard();
  rmSync(folder, { recursive: true, force: true });
});

describe('where there is nothing to show', () => {
  it.each([
    ['no laptop', 'acceptance-elsewhere', [], 'npx assay up'],
    ['no file', 'acceptance', [], 'npx assay drop FILE'],
    ['a dataset that is not judged', 'acceptance', ['--dataset', 'sales'], 'sales goes to Snowflake as it is'],
    ['no such dataset', 'acceptance', ['--dataset', 'nonsense'], 'nonsense'],
  ])('%s: says what to do', async (_what, name, words, says) => {
    const { code, stdout, stderr } = await render(name, ...words);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(says);
    expect(stderr).not.toContain('Traceback');
  });
});

describe('the notebook', () => {
  let rendered: Finished;
  let page: string;
  let figures: Figures;

  beforeAll(async () => {
    for (const [name, rows] of Object.entries(FILES)) {
      writeFileSync(join(folder, name), `${[HEADER, ...rows].join('\n')}\n`);
      await laptop.expect(name.endsWith('03.csv') ? 1 : 0, 'drop', join(folder, name));
    }
    rendered = await render(laptop.name);
    expect(rendered.code, rendered.stderr).toBe(0);
    page = readFileSync(join(folder, 'data_quality.html'), 'utf8');
    figures = JSON.parse(readFileSync(join(folder, 'data_quality.json'), 'utf8')) as Figures;
  }, 600_000);

  it('says where the page is, which has its charts in it and needs no network', () => {
    expect(rendered.stdout).toContain(join(folder, 'data_quality.html'));
    expect(rendered.stderr).toMatch(/notebook: \d+ of \d+, The four scores over time, \d+ s so far/);
    expect(page.match(/src="data:image\/png;base64,/g)).toHaveLength(6);
    expect(page).not.toMatch(/(src|href)=.https?:/);
    expect(page).toContain('3 runs, the same four scores in the lake and in the ledger');
  });

  it('asks the warehouses, too', () => {
    const text = page.replaceAll(/<[^>]*>/g, '').replaceAll(/\s+/g, ' ');
    expect(text).toMatch(/npx assay query redshift "select date_key[^"]*" no rows yet/);
    expect(text).toMatch(/npx assay query snowflake "select batch_date[^"]*" no rows yet/);
    // Before the first run of dbt.
    expect(text).toMatch(/npx assay query snowflake "select sales_date[^"]*" SQL compilation error: [^(]* does not exist/);
  });

  it('has the scores of `assay quality`, run by run, those of the refused file too', async () => {
    const judged = await assayJson<(JudgedRun & { id: string })[]>(laptop.name, ['quality', 'purchases']);
    expect(judged).toHaveLength(3);
    const known = Object.fromEntries(judged.map(({ id, scores }) => [id, scores]));
    expect(Object.fromEntries(figures.runs.map(({ id, scores }) => [id, scores]))).toEqual(known);
  });

  it('has the rows of `assay quarantine list`, and each of their reasons', async () => {
    const listed = await assayJson<{ run: string; rows: number }[]>(laptop.name, ['quarantine', 'list', 'purchases']);
    expect(figures.quarantine.runs).toEqual(Object.fromEntries(listed.map(({ run, rows }) => [run, rows])));
    expect(figures.quarantine.reasons).toEqual([
      { rule: 'type', column: 'amount_aud', rows: 2 },
      { rule: 'type', column: 'quantity', rows: 2 },
      { rule: 'amount_and_quantity_agree', column: 'quantity, amount_aud', rows: 1 },
      { rule: 'format', column: 'purchase_date', rows: 1 },
    ]);
  });

  it('has a profile of every column, and shows nothing personal', () => {
    const of = (name: string) => figures.columns.find(({ column }) => column === name);
    expect(figures.columns.map(({ rows }) => rows)).toEqual(Array.from({ length: 9 }, () => 400));
    expect(of('amount_aud')).toMatchObject({ filled: 400, distinct: 200, least: '1.50', greatest: '200.50' });
    expect(of('purchase_date')).toMatchObject({ distinct: 2, least: '2025-03-01', greatest: '2025-03-02', longest: 10 });
    expect(of('email')).toMatchObject({ is_private: true, distinct: 1, least: null, greatest: null, longest: 20 });
    const shown = page.toLowerCase() + JSON.stringify(figures).toLowerCase();
    for (const value of ['lovelace', 'countess']) expect(shown).not.toContain(value);
  });
});
