import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
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
  'quarantine',
  'quarantine list',
  'quarantine show',
  'contract',
  'contract lint',
  'contract ddl',
];

describe('help', () => {
  it('names every command', async () => {
    const { code, stdout } = await assay('--help');
    expect(code).toBe(0);
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
    ['an unknown store', ['query', 'oracle', 'select 1'], 'Allowed choices are rds, lake'],
    ['an unknown stage', ['runs', '--stage', 'mars'], 'Allowed choices are local, dev, staging, prod'],
    ['an unknown dataset', ['quarantine', 'list', 'sales'], 'no contract for the dataset sales: one of purchases'],
    ['a number that is none', ['runs', '--limit', '-1'], 'expected a whole number from 1'],
    ['an id that is none', ['run', 'xyz'], 'hexadecimal'],
  ])('%s ends with 2 and says so on stderr', async (_, words, message) => {
    const { code, stdout, stderr } = await assay(...words);
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^\s+at /m);
  });
});

describe('without a laptop', () => {
  it.each([['runs'], ['run', 'ab'], ['query', 'rds', 'select 1'], ['quarantine', 'show', 'purchases'], ['drop', ENTRY]])(
    '%s says how to start it, in one line',
    async (...words) => {
      expect(await assay(...words, '--json')).toEqual({
        code: 1,
        stdout: '',
        stderr: 'the laptop is not running: start it with `npx assay up`\n',
      });
    },
  );

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
    expect(JSON.parse(stdout)).toEqual([
      { file: expect.stringMatching(/purchases\.odcs\.yaml$/) as string, valid: true, faults: [] },
    ]);
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
