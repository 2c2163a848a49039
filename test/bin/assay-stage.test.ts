import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { fakeAws, type FakeAws, type Stage } from './fake-aws';

const ENTRY = fileURLToPath(new URL('../../bin/assay.js', import.meta.url));
const LOADED = 'ab'.repeat(32);
const REFUSED = 'cd'.repeat(32);

const half = { passed: 1, total: 2, threshold: '0.5' };
const loaded = {
  id: LOADED,
  dataset: 'purchases',
  bucket: 'inbox',
  key: 'customer_purchases_20260101.csv',
  versionId: 'v1',
  lastModified: '2026-01-02T00:00:00.000Z',
  ingestionDate: '2026-01-01',
  outcome: 'load',
  header: ['purchase_id', 'amount_aud'],
  status: 'succeeded',
  startedAt: '2026-01-02T00:00:00.000Z',
  scores: { completeness: half, validity: half, accuracy: half, consistency: half },
};
const refused = {
  ...loaded,
  id: REFUSED,
  status: 'failed',
  startedAt: '2026-01-03T00:00:00.000Z',
  scores: { ...loaded.scores, validity: { passed: 49_999, total: 100_000, threshold: '0.5' } },
  failedRules: [{ rule: 'decimal', column: 'amount_aud', rows: 50_001 }],
};

let aws: FakeAws | undefined;
afterEach(async () => {
  await aws?.close();
  aws = undefined;
});

/** As a user of a stage in AWS calls it. */
async function assay(stage: Stage, ...words: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  aws = await fakeAws(stage);
  const env = {
    PATH: process.env['PATH'],
    AWS_ENDPOINT_URL: aws.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'test',
    AWS_SECRET_ACCESS_KEY: 'test',
  };
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ENTRY, ...words, '--stage', 'dev'], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

const stage = (...rows: (string | null)[][]): Stage => ({ items: [loaded, refused], rows });

describe('quarantine show --run', () => {
  const show = ['quarantine', 'show', 'purchases', '--run'];

  it.each([[[]], [['--json']]])('of a run that does not exist says so and ends with 1 %j', async (more) => {
    expect(await assay(stage(), ...show, '00ff', ...more)).toEqual({
      code: 1,
      stdout: '',
      stderr: "no run's id begins with 00ff: see `npx assay runs`\n",
    });
    expect(aws?.queries).toEqual([]);
  });

  it('of a run without refusals says that, and asks for this run alone', async () => {
    expect(await assay(stage(), ...show, 'ABA')).toEqual({
      code: 0,
      stdout:
        'no row of this run is in quarantine: none was refused, all came back, or a replay of its file refused them anew\n',
      stderr: '',
    });
    expect(aws?.queries).toEqual([expect.stringContaining(` and _run_id = '${LOADED}'\n`)]);
    expect(await assay(stage(), ...show, 'aba', '--json')).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });

  it('without a run speaks of the dataset', async () => {
    const { code, stdout } = await assay(stage(), 'quarantine', 'show', 'purchases');
    expect([code, stdout]).toEqual([0, 'no row of this dataset was refused\n']);
  });
});

describe('quarantine export and release', () => {
  const of = (command: string, ...more: string[]) => ['quarantine', command, 'purchases', '--run', 'ab', ...more];
  const rows = [
    ['3', '1,"12,50"', null],
    ['17', '2,x', null],
  ];

  it('writes the chosen rows as they came', async () => {
    expect(await assay(stage(...rows), ...of('export', '--rows', '3'))).toEqual({
      code: 0,
      stdout: '_row,purchase_id,amount_aud\n3,1,"12,50"\n',
      stderr: '',
    });
  });

  it('knows what is not in quarantine', async () => {
    const corrected = join(mkdtempSync(join(tmpdir(), 'assay ')), 'fixed.csv');
    writeFileSync(corrected, '_row,purchase_id,amount_aud\n4,1,12.50\n');
    const { code, stdout, stderr } = await assay(stage(...rows), ...of('release', '--file', corrected, '--json'));
    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe("of the run's refused rows none has the number 4: see `npx assay quarantine show`\n");
  });

  it('has nothing to release twice, and that is no failure', async () => {
    const back = [['3', '1,"12,50"', REFUSED]];
    expect(await assay(stage(...back), ...of('release', '--json'))).toEqual({ code: 0, stdout: '[]\n', stderr: '' });
  });

  it('does not release rows of a run that failed', async () => {
    const { code, stderr } = await assay(stage(), 'quarantine', 'release', 'purchases', '--run', 'cd');
    expect([code, stderr]).toEqual([1, 'run cd is failed: rows come back from runs that succeeded\n']);
  });
});

it('quality marks what is below its threshold, exactly', async () => {
  const { code, stdout } = await assay(stage(), 'quality', 'purchases');
  expect(code).toBe(0);
  const [, , thresholds = '', first = '', second = ''] = stdout.split('\n').map((line) => line.replace(/ +/g, ' ').trim());
  expect(thresholds).toBe('at least 0.5 0.5 0.5 0.5');
  expect([first, second]).toEqual([
    `${REFUSED.slice(0, 12)} ${loaded.key} failed 0.5000 0.4999 ! 0.5000 0.5000 amount_aud decimal (50001)`,
    `${LOADED.slice(0, 12)} ${loaded.key} succeeded 0.5000 0.5000 0.5000 0.5000`,
  ]);
  const { stdout: json } = await assay(stage(), 'quality', 'purchases', '--limit', '1', '--json');
  expect(JSON.parse(json)).toMatchObject([
    { id: REFUSED, scores: { validity: { score: 0.49999, threshold: 0.5, met: false }, accuracy: { score: 0.5, met: true } } },
  ]);
});

it.each([
  [['--from', '2026-03-01'], 'of 2026-03-01'],
  [['--from', '2026-03-01', '--to', '2026-03-02'], 'of 2026-03-01 to 2026-03-02'],
  [['--file', 'x.csv'], 'named x.csv'],
])('replay %j has nothing to load', async (words, place) => {
  expect(await assay(stage(), 'replay', 'purchases', ...words, '--json')).toEqual({
    code: 1,
    stdout: '',
    stderr: `no file of purchases ${place} was loaded to the end: one whose run failed is dropped again; see \`npx assay runs\`\n`,
  });
});
