import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectFolder } from '../../local/folders';

export interface RunningWarehouse {
  readonly endpoint: string;
  /** Resolves to the host's exit code. */
  readonly stop: () => Promise<unknown>;
}

/** The emulator with its Data API, and PostgreSQL, as the tests in Python start them. */
export async function startWarehouse(): Promise<RunningWarehouse> {
  const python = join(projectFolder, '.assay', 'venv', 'bin', 'python');
  const tests = join(projectFolder, 'test', 'local');
  const env = { ...process.env, PYTHONPATH: tests };
  const host = spawn(python, [join(tests, 'running_warehouse.py')], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = once(host, 'exit').then(([code]) => {
    throw new Error(`the host ended with exit code ${String(code)} as it started`);
  });
  const [line] = (await Promise.race([once(createInterface(host.stdout), 'line'), failed])) as [string];
  failed.catch(() => undefined);
  const stop = async (): Promise<unknown> => {
    const ended = once(host, 'exit');
    host.stdin.end();
    return (await ended)[0];
  };
  return { endpoint: (JSON.parse(line) as { endpoint: string }).endpoint, stop };
}
