import { spawn } from 'node:child_process';
import { mkdtempSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ENTRY = fileURLToPath(new URL('../../bin/assay.js', import.meta.url));

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** As a user calls it, with a laptop that was never started and with no AWS account. */
function assay(...words: string[]): Promise<Finished> {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_'));
  const env = {
    ...Object.fromEntries(inherited),
    ASSAY_LAPTOP: 'never-started',
    AWS_EC2_METADATA_DISABLED: 'true',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ENTRY, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'], cwd: tmpdir() });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const COMMANDS = [
  'demo',
  'up',
  'down',
  'status',
  'drop',
  'runs',
  'run',
  'query',
  'quality',
  'replay',
  'refresh',
  'quarantine',
  'quarantine list',
  'quarantine show',
  'quarantine export',
  'quarantine release',
  'contract',
  'contract lint',
  'contract ddl',
];

describe('help', () => {
  it('names every command', async () => {
    const { code, stdout } = await assay('--help');
    expect(code).toBe(0);
    expect(stdout).toContain('A command that fails before it has a result prints nothing on stdout, with --json too');
    for (const command of COMMANDS.filter((name) => !name.includes(' ')))
      expect(stdout).toMatch(new RegExp(`^  ${command} `, 'm'));
  });

  it.concurrent.each(COMMANDS)('%s has its own', async (command) => {
    const { code, stdout, stderr } = await assay(...command.split(' '), '--help');
    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`Usage: assay ${command}`);
  });
});

describe('bad usage', () => {
  it.concurrent.each([
    ['an unknown command', ['nope'], "unknown command 'nope'"],
    ['no command', [], 'Usage: assay'],
    ['an unknown option', ['runs', '--nope'], "unknown option '--nope'"],
    ['a missing argument', ['drop'], "missing required argument 'file'"],
    ['an unknown store', ['query', 'oracle', 'select 1'], 'Allowed choices are rds, redshift, lake, snowflake'],
    ['an unknown stage', ['runs', '--stage', 'mars'], 'Allowed choices are local, dev, staging, prod'],
    [
      'an unknown dataset',
      ['quarantine', 'list', 'marbles'],
      'no contract for the dataset marbles: one of concession_adjustments, ',
    ],
    ['a number that is none', ['runs', '--limit', '-1'], 'expected a whole number from 1'],
    ['an id that is none', ['run', 'xyz'], 'hexadecimal'],
    ['no SQL for the database', ['query', 'rds', ''], 'the statement is empty: say what to select'],
    ['blanks for the lake', ['query', 'lake', '   '], 'the statement is empty: say what to select'],
    ['quality of nothing', ['quality'], "missing required argument 'dataset'"],
    [
      'quality of an unknown dataset',
      ['quality', 'marbles'],
      'no contract for the dataset marbles: one of concession_adjustments, ',
    ],
    ['quality of what dbt checks', ['quality', 'sales'], 'sales goes to Snowflake as it is'],
    ['quarantine of what dbt refuses', ['quarantine', 'list', 'stores'], 'staging.stg_stores_rejected'],
    ['tables of what Snowflake has', ['contract', 'ddl', 'stores'], 'stores goes to Snowflake as it is'],
    ['quality of no run', ['quality', 'purchases', '--limit', '0'], 'expected a whole number from 1'],
    ['a replay of all', ['replay', 'purchases'], 'say --from DAY, with --to DAY, or --file KEY'],
    ['a replay to a day', ['replay', 'purchases', '--to', '2026-01-01'], 'say --from DAY, with --to DAY, or --file KEY'],
    ['a replay of both', ['replay', 'purchases', '--from', '2026-01-01', '--file', 'a.csv'], 'or --file KEY'],
    ['a day that is none', ['replay', 'purchases', '--from', '2026-02-31'], 'expected a day as YYYY-MM-DD'],
    ['days that go back', ['replay', 'purchases', '--from', '2026-02-01', '--to', '2026-01-31'], 'is after --to 2026-01-31'],
    ['a replay of an unknown dataset', ['replay', 'marbles', '--from', '2026-01-01'], 'one of concession_adjustments, '],
    ['an export without a run', ['quarantine', 'export', 'purchases'], "required option '--run <id>' not specified"],
    ['a release without a run', ['quarantine', 'release', 'purchases'], "required option '--run <id>' not specified"],
    ['rows that are none', ['quarantine', 'export', 'purchases', '--run', 'ab', '--rows', '3,,17'], 'row numbers, as 3,17'],
    ['a row of number 0', ['quarantine', 'release', 'purchases', '--run', 'ab', '--rows', '0'], 'row numbers, as 3,17'],
    [
      'a file and rows',
      ['quarantine', 'release', 'purchases', '--run', 'ab', '--rows', '3', '--file', 'a.csv'],
      'say --file or --rows',
    ],
  ])('%s ends with 2 and says so on stderr', async (_, words, message) => {
    const { code, stdout, stderr } = await assay(...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('without a laptop', () => {
  it.concurrent.each([
    ['runs'],
    ['run', 'ab'],
    ['query', 'rds', 'select 1'],
    ['quality', 'purchases'],
    ['quarantine', 'show', 'purchases'],
    ['quarantine', 'release', 'purchases', '--run', 'ab'],
    ['replay', 'purchases', '--from', '2026-01-01'],
    ['drop', ENTRY],
  ])('%s says how to start it, in one line', async (...words) => {
    expect(await assay(...words, '--json')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'the laptop is not running: start it with `npx assay up`\n',
    });
  });

  it.concurrent.each(['rds', 'lake'])('query %s refuses at once what does not read', async (store) => {
    expect(await assay('query', store, 'delete from x', '--json')).toEqual({
      code: 1,
      stdout: '',
      stderr: 'only reading is allowed here, and this is delete: start with select\n',
    });
  });

  it('a release of a file that is not there says so', async () => {
    const { code, stderr } = await assay('quarantine', 'release', 'purchases', '--run', 'ab', '--file', 'none.csv');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^none\.csv cannot be read: ENOENT.*\n$/);
  });

  it('status says so too, and that is no failure', async () => {
    expect((await assay('status')).stdout).toBe('the laptop is not running: start it with `npx assay up`\n');
    const { code, stdout } = await assay('status', '--json');
    expect([code, JSON.parse(stdout)]).toEqual([0, { stage: 'local', running: false, laptop: null, stacks: [] }]);
  });

  it('down has nothing to do', async () => {
    const { code, stdout } = await assay('down', '--json');
    expect([code, JSON.parse(stdout)]).toEqual([0, { stopped: false, dataDeleted: false }]);
  });

  it('another stage needs credentials, and says so in one line', async () => {
    const { code, stderr } = await assay('runs', '--stage', 'dev');
    expect(code).toBe(1);
    expect(stderr).toMatch(/^no (AWS region is set|valid AWS credentials).*\n$/);
  });
});

describe('contract', () => {
  it('lint prints one document', async () => {
    const { code, stdout } = await assay('contract', 'lint', '--json');
    expect(code).toBe(0);
    const files = readdirSync('contracts').filter((name) => name.endsWith('.odcs.yaml'));
    expect(JSON.parse(stdout)).toEqual(
      files.map((name) => ({ file: expect.stringContaining(name) as string, valid: true, faults: [] })),
    );
  });

  it('lint ends with 1 at a fault, whose place it tells', async () => {
    const file = join(mkdtempSync(join(tmpdir(), 'assay ')), 'broken.odcs.yaml');
    writeFileSync(file, 'apiVersion: v3.1.0\nkind: [\n');
    const { code, stdout } = await assay('contract', 'lint', file);
    expect(code).toBe(1);
    expect(stdout).toMatch(/broken\.odcs\.yaml:\d+:\d+: /);
    expect((await assay('contract', 'lint', file, '--json')).code).toBe(1);
  });

  it('ddl prints statements, and only those asked for', async () => {
    const { stdout } = await assay('contract', 'ddl', 'purchases', '--target', 'quarantine', '--json');
    expect(JSON.parse(stdout)).toMatchObject([{ target: 'quarantine', table: 'quarantine.purchases' }]);
  });
});
