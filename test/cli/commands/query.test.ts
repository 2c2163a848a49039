import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import type { Parameters } from '../../../cli/redshift/parameters';
import { main } from '../../../cli/main';

/** What the stores were asked. */
const asked: { store: string; sql: string; parameters: Record<string, string> }[] = [];
function store(name: string) {
  return (_account: unknown, sql: string, _signal: unknown, parameters: Parameters) => {
    asked.push({ store: name, sql, parameters: Object.fromEntries(parameters) });
    return Promise.resolve({ columns: ['one'], rows: [[1]] });
  };
}
vi.mock('../../../cli/aws/connect', () => ({ connect: () => Promise.resolve({}) }));
vi.mock('../../../cli/aws/query-function', () => ({ queryRds: store('rds'), querySnowflake: store('snowflake') }));
vi.mock('../../../cli/lake/query-lake', () => ({ queryLake: store('lake') }));
vi.mock('../../../cli/redshift/query-redshift', () => ({ queryRedshift: store('redshift') }));

beforeEach(() => (asked.length = 0));

const file = (text: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'assay query ')), 'a query.sql');
  writeFileSync(path, text);
  return path;
};

async function query(...words: string[]): Promise<{ code: number; results: string[]; said: string }> {
  const [results, said]: [string[], string[]] = [[], []];
  // Commander writes what is wrong with the usage itself.
  const written = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const output = { result: (text: string) => results.push(text), progress: (line: string) => said.push(line), isLive: false };
  try {
    return { code: await main(['query', ...words], output), results, said: said.join('\n') };
  } finally {
    written.mockRestore();
  }
}

describe.each(['rds', 'redshift', 'lake', 'snowflake'])('a query of %s', (name) => {
  it('is in the words or in a file', async () => {
    expect(await query(name, 'select 1 as one;', '--json')).toEqual({
      code: 0,
      results: ['{"columns":["one"],"rows":[[1]]}'],
      said: '1 row',
    });
    await query(name, '--file', file("\ufeff-- what's in it?\n\nselect 2; -- two\n"));
    expect(asked).toEqual([
      { store: name, sql: 'select 1 as one', parameters: {} },
      { store: name, sql: "-- what's in it?\n\nselect 2", parameters: {} },
    ]);
  });
});

it('gives Redshift the parameters, which may hold anything but nothing', async () => {
  const sql = file('select :a, :b');
  expect((await query('redshift', '--file', sql, '--param', 'a=x=y z', '--param', 'b=\n')).code).toBe(0);
  expect(asked).toEqual([{ store: 'redshift', sql: 'select :a, :b', parameters: { a: 'x=y z', b: '\n' } }]);
});

it.each([
  [['rds'], 'say what to ask: the SQL after the store, or --file PATH'],
  [['rds', 'select 1', '--file', 'a.sql'], 'say the SQL or --file PATH, not both'],
  [['lake', 'select 1', '--param', 'a=1'], '--param is for redshift, and lake takes no parameters: write the values into'],
  [['redshift', 'select :a', '--param', 'b=1'], 'the SQL does not name :b: it has :a'],
  [['redshift', 'select :a, :b'], 'no value for :a, :b: give each one with --param NAME=VALUE'],
  [['redshift', 'select :a', '--param', 'a'], 'expected NAME=VALUE, as from_day=2025-01-01'],
  [['redshift', 'select :a', '--param', ':a=1'], 'expected NAME=VALUE'],
  [['redshift', 'select :a', '--param', 'a='], 'expected a value after a=, since Redshift takes no empty one'],
  [['redshift', 'select :a', '--param', 'a=1', '--param', 'a=2'], 'expected each name once, and a has a value already'],
  [['redshift', '--file', file('-- nothing\n')], 'the statement is empty: say what to select'],
])('%j is bad usage, and asks nobody', async (words, message) => {
  const { code, results, said } = await query(...words);
  expect([code, results, asked]).toEqual([2, [], []]);
  expect(said).toContain(message);
});

it.each([
  [['lake', '--file', 'not there.sql'], /^not there\.sql cannot be read: ENOENT/],
  [['redshift', '--file', file('/* select */ delete from t')], /^only reading is allowed here, and this is delete/],
])('%j fails, and asks nobody', async (words, message) => {
  const { code, results, said } = await query(...words);
  expect([code, results, asked]).toEqual([1, [], []]);
  expect(said).toMatch(message);
});
