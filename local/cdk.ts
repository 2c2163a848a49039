import { spawn } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { childEnvironment } from './environment';
import { tail } from './files';
import type { Folders } from './folders';
import type { Report } from './report';

export interface CdkCommand {
  /** `synth`, `deploy` or `bootstrap`, with their options. */
  readonly args: readonly string[];
  /** In a folder without a cdk.json the app is not run. */
  readonly cwd: string;
  readonly endpoint: string;
  /** Takes the name of each stack that is done. @default nobody is told */
  readonly onStack?: Report;
}

/** Runs the ordinary CDK against the laptop; its output goes to a log, whose end is in the error. */
export function cdk(folders: Folders, { args, cwd, endpoint, onStack }: CdkCommand): Promise<void> {
  const log = join(folders.logs, `cdk-${args[0] ?? ''}.log`);
  const output = createWriteStream(log);
  const program = join(dirname(createRequire(import.meta.url).resolve('aws-cdk/package.json')), 'bin', 'cdk');
  const child = spawn(process.execPath, [program, ...args, '--no-notices', '--no-version-reporting', '--no-color'], {
    cwd,
    env: { ...childEnvironment(endpoint), CDK_DISABLE_CLI_TELEMETRY: 'true' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  for (const stream of [child.stdout, child.stderr]) {
    createInterface(stream).on('line', (line) => {
      output.write(`${line}\n`);
      const stack = /^\s*✅\s+(\S+)/u.exec(line)?.[1];
      if (stack !== undefined) onStack?.(`  ${stack}`);
    });
  }
  // One that went on alone would be in the way of the next.
  const end = (): boolean => child.kill();
  process.once('exit', end);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      process.off('exit', end);
      output.end(() => {
        if (code === 0) resolve();
        else reject(new Error(`cdk ${args[0] ?? ''} failed (all of it is in ${log}):\n${tail(log, 30)}`));
      });
    });
  });
}
