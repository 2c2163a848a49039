import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { withLock } from '../../local/lock.js';
import { projectFolder } from '../../local/folders';

let folder: string;
let lock: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay lock '));
  lock = join(folder, 'x.lock');
});

/** The number of a process that has ended. */
function deadPid(): number {
  const { pid } = spawnSync('true');
  return pid;
}

/** Takes the lock, in a process of its own, writes down that it is in, and stays a while. */
const WORKER = `
  import { appendFileSync } from 'node:fs';
  import { withLock } from './local/lock.js';
  const [lock, log] = process.argv.slice(1);
  await withLock(lock, async () => {
    appendFileSync(log, 'in\\n');
    await new Promise((done) => setTimeout(done, 20));
    appendFileSync(log, 'out\\n');
  });`;

function worker(log: string): Promise<{ code: number | null; said: string }> {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', WORKER, lock, log], {
      cwd: projectFolder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('close', (code) => resolve({ code, said }));
  });
}

async function taken(): Promise<string> {
  return withLock(lock, () => Promise.resolve(readFileSync(lock, 'utf8')));
}

describe('a lock', () => {
  it('is there with its owner while the work is done, and leaves nothing behind, even when the work fails', async () => {
    expect(await taken()).toBe(String(process.pid));
    await expect(withLock(lock, () => Promise.reject(new Error('no luck')))).rejects.toThrow('no luck');
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is taken over from an owner that died, without a word', async () => {
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    writeFileSync(lock, String(deadPid()));
    try {
      expect(await taken()).toBe(String(process.pid));
      expect(said).not.toHaveBeenCalled();
    } finally {
      said.mockRestore();
    }
    expect(readdirSync(folder)).toEqual([]);
  });

  it('is not torn from another that took over first', async () => {
    const dead = deadPid();
    writeFileSync(lock, String(dead));
    const seen: string[] = [];
    // At the moment when the owner is found to be dead, another takes over; after a while it is done.
    const kill = vi.spyOn(process, 'kill').mockImplementationOnce(() => {
      writeFileSync(lock, String(process.ppid));
      setTimeout(() => {
        seen.push(readFileSync(lock, 'utf8'));
        writeFileSync(lock, String(dead));
      }, 100);
      throw Object.assign(new Error('no such process'), { code: 'ESRCH' });
    });
    const said = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    try {
      await withLock(lock, () => Promise.resolve(seen.push('work')));
      expect(seen).toEqual([String(process.ppid), 'work']);
      expect(said.mock.calls).toEqual([[`assay: waiting for process ${process.ppid}, which is at it already\n`]]);
    } finally {
      kill.mockRestore();
      said.mockRestore();
    }
  });

  it('that is empty is left alone until it is surely nobody’s', async () => {
    writeFileSync(lock, '');
    const started = Date.now();
    const seen: string[] = [];
    setTimeout(() => {
      if (existsSync(lock)) utimesSync(lock, new Date(), new Date(Date.now() - 60_000));
      seen.push('old');
    }, 700);
    await withLock(lock, () => Promise.resolve(seen.push('work')));
    expect(seen).toEqual(['old', 'work']);
    expect(Date.now() - started).toBeLessThan(5000);
  });

  it('is also taken over when the one who took over from the dead died at it', async () => {
    const dead = deadPid();
    writeFileSync(lock, String(dead));
    writeFileSync(`${lock}.after-${dead}`, String(dead));
    expect(await taken()).toBe(String(process.pid));
    expect(readdirSync(folder)).toEqual([]);
  });

  it('lets one at a time work, though all take over from a dead owner at once', async () => {
    writeFileSync(lock, String(deadPid()));
    const log = join(folder, 'log');
    const ended = await Promise.all(Array.from({ length: 6 }, () => worker(log)));
    expect(ended.map(({ code }) => code)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(ended.map(({ said }) => said).join('')).not.toContain('process 0');
    expect(readFileSync(log, 'utf8')).toBe('in\nout\n'.repeat(6));
    expect(readdirSync(folder)).toEqual(['log']);
  });

  it('is released by a process that exits in the middle of its work', () => {
    const text = `import { withLock } from './local/lock.js'; await withLock(process.argv[1], () => process.exit(0));`;
    spawnSync(process.execPath, ['--input-type=module', '-e', text, lock], { cwd: projectFolder });
    expect(readdirSync(folder)).toEqual([]);
  });
});
