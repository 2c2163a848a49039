import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { projectFolder } from '../../local/folders';

export interface StartedSnowflake {
  /** The emulator's, whose S3 the stage lies in. */
  readonly endpoint: string;
  readonly url: string;
  /** What the stage stands for: bucket and folder. */
  readonly lake: string;
  /** In PEM, by user. */
  readonly keys: Readonly<Record<'loader' | 'transformer' | 'reader', { readonly private: string }>>;
  /** Executes a file more of `sql/snowflake`, as an administrator. */
  readonly define: (name: string, sql: string) => Promise<void>;
  /** Resolves to the host's exit code. */
  readonly stop: () => Promise<unknown>;
}

/** The laptop's Snowflake beside an emulator, set up by `sql/snowflake`, as the tests in Python start them. */
export async function startSnowflake(): Promise<StartedSnowflake> {
  const python = join(projectFolder, '.assay', 'venv', 'bin', 'python');
  const tests = join(projectFolder, 'test', 'local');
  const env = { ...process.env, PYTHONPATH: tests };
  const host = spawn(python, [join(tests, 'running_snowflake.py')], { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const failed = once(host, 'exit').then(([code]) => {
    throw new Error(`the host ended with exit code ${String(code)}`);
  });
  failed.catch(() => undefined);
  const output = createInterface(host.stdout);
  const said = async (): Promise<string> => ((await Promise.race([once(output, 'line'), failed])) as [string])[0];
  const { port, ...known } = JSON.parse(await said()) as Pick<StartedSnowflake, 'endpoint' | 'lake' | 'keys'> & {
    port: number;
  };
  const define = async (name: string, sql: string): Promise<void> => {
    host.stdin.write(`${JSON.stringify({ name, sql })}\n`);
    await said();
  };
  const stop = async (): Promise<unknown> => {
    const ended = once(host, 'exit');
    host.stdin.end();
    return (await ended)[0];
  };
  return { ...known, url: `http://127.0.0.1:${port}`, define, stop };
}
