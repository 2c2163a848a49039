import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Folders } from '../../local/folders';
import { down, phase } from '../../local/laptop';

const ENTRY = fileURLToPath(new URL('../../bin/assay.js', import.meta.url));
const LAPTOP = 'test-interrupted';

interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Interrupts the command when it says that it has begun, twice at once as npm does it. */
function interrupted(begins: string, ...words: string[]): Promise<Finished> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [ENTRY, ...words], {
      env: { ...process.env, ASSAY_LAPTOP: LAPTOP },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let [stdout, stderr] = ['', ''];
    child.stdout.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => {
      const begun = stderr.includes(begins);
      stderr += chunk.toString();
      if (begun || !stderr.includes(begins)) return;
      child.kill('SIGINT');
      child.kill('SIGINT');
    });
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

describe('interrupted while the laptop starts', () => {
  beforeAll(async () => {
    process.env['ASSAY_LAPTOP'] = LAPTOP;
    await down({ deleteData: true });
  });
  afterAll(() => down({ deleteData: true }));

  it.each([['up'], ['demo', '--json']])(
    '%s says in one line that it goes on starting, and how to stop it',
    async (...words) => {
      const { code, stdout, stderr } = await interrupted('starting the laptop …', ...words);
      expect([code, stdout]).toEqual([130, '']);
      expect(stderr.trimEnd().split('\n').at(-1)).toBe('interrupted; the laptop goes on starting: `npx assay down` stops it');
      expect(existsSync(new Folders().lock)).toBe(false);
      expect(phase()).toBe('starting');
      // It is stopped though it never came to be ready.
      expect(await down()).toBe(true);
      expect(phase()).toBeUndefined();
    },
  );
});
