/**
 * One file of generated purchases from the inbox to the database, on a laptop of the benchmark's own:
 * `npx tsx bench/inbox-to-database.ts [ROWS]`. Prints the time of each step, the laptop's peak memory, and a peer's time.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PeakMemory } from './memory';
import { writePurchases } from './purchases-csv';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LAPTOP = 'bench';
const rows = Number(process.argv[2] ?? 1_000_000);

interface Run {
  readonly startedAt: string;
  readonly rows: { readonly published: number } | null;
  readonly steps: readonly {
    readonly name: string;
    readonly startedAt: string | null;
    readonly endedAt: string | null;
  }[];
}

function assay(...words: string[]): string {
  const environment = { ...process.env, ASSAY_LAPTOP: LAPTOP };
  return execFileSync('node', ['bin/assay.js', ...words], {
    cwd: ROOT,
    env: environment,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
}

const seconds = (from: string | null, to: string | null) => (Date.parse(to ?? '') - Date.parse(from ?? '')) / 1000;
const say = (what: string, value: string) => {
  console.log(`${what.padEnd(44)} ${value}`);
};

function dropAndReport(file: string, key: string, what: string): Run {
  const started = Date.now();
  const [run] = JSON.parse(assay('drop', file, '--as', key, '--json')) as [Run];
  console.log(`\n${what}: ${run.rows?.published ?? 0} rows published`);
  for (const { name, startedAt, endedAt } of run.steps) say(`  ${name}`, `${seconds(startedAt, endedAt).toFixed(1)} s`);
  say('  upload to end of run', `${((Date.now() - started) / 1000).toFixed(1)} s`);
  return run;
}

function total(): string {
  const { rows: answer } = JSON.parse(
    assay('query', 'rds', 'select sum(total_spent_aud) from customer_purchase_summary', '--json'),
  ) as {
    rows: [[string]];
  };
  return answer[0][0];
}

function peer(file: string, folder: string): string {
  const laptop = join(ROOT, '.assay', LAPTOP);
  const password = readFileSync(join(laptop, 'database-password'), 'utf8');
  const url = `postgresql://assay:${password}@127.0.0.1:${record().ports.postgres}/assay`;
  const python = join(ROOT, '.assay', 'venv', 'bin', 'python');
  return execFileSync(python, [join(ROOT, 'bench', 'peer_duckdb.py'), file, url, folder], { encoding: 'utf8' }).trim();
}

function record(): { readonly pid: number; readonly ports: { readonly postgres: number } } {
  const text = readFileSync(join(ROOT, '.assay', LAPTOP, 'laptop.json'), 'utf8');
  return JSON.parse(text) as ReturnType<typeof record>;
}

const folder = mkdtempSync(join(tmpdir(), 'assay-bench-'));
try {
  assay('down', '--delete-data');
  assay('up');
  const [warm, large] = [join(folder, 'warm.csv'), join(folder, 'large.csv')];
  const cents = (await writePurchases(warm, 2000, 1)) + (await writePurchases(large, rows, 2));
  console.log(`${rows} rows, ${(statSync(large).size / 1e6).toFixed(0)} MB`);
  dropAndReport(warm, 'customer_purchases_20250101.csv', 'first file, 2,000 rows');
  const memory = new PeakMemory(record().pid);
  dropAndReport(large, 'customer_purchases_20250102.csv', 'the large file');
  say('  peak memory of the laptop', `${(memory.stop() / 2 ** 20).toFixed(0)} MiB`);
  const expected = `${cents / 100n}.${String(cents % 100n).padStart(2, '0')}`;
  say('\ntotal in the database', `${total()} (generated: ${expected})`);
  if (total() !== expected) throw new Error('the database does not hold what was generated');
  say('peer, DuckDB script (s, its total)', peer(large, folder));
} finally {
  assay('down', '--delete-data');
  rmSync(folder, { recursive: true });
}
