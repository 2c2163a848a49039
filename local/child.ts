import { type ChildProcess, spawn, type StdioPipe, type StdioNull } from 'node:child_process';
import { closeSync, existsSync, openSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { tail } from './files';

export interface ChildOptions {
  /** Names the log too. */
  readonly name: string;
  readonly command: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  readonly logs: string;
  /** Reads the child's standard output instead of logging it. */
  readonly readOutput?: boolean;
}

/**
 * A process that lives as long as its standard input is open, and so never outlives this one, however this one ends.
 */
export class Child {
  readonly name: string;
  readonly log: string;
  readonly process: ChildProcess;
  /** Settles when the process has ended, with how. */
  readonly ended: Promise<string>;

  constructor({ name, command, env, logs, readOutput }: ChildOptions) {
    this.name = name;
    this.log = join(logs, `${name}.log`);
    if (existsSync(this.log)) renameSync(this.log, join(logs, `${name}.previous.log`));
    const log = openSync(this.log, 'a', 0o600);
    const output: StdioPipe | number = readOutput === true ? 'pipe' : log;
    const [program = '', ...args] = command;
    const stdio: (StdioPipe | StdioNull | number)[] = ['pipe', output, log];
    this.process = spawn(program, args, { env, stdio, detached: true });
    closeSync(log);
    this.ended = new Promise((resolve) => {
      this.process.once('error', (error) => resolve(error.message));
      this.process.once('exit', (code, signal) => resolve(signal ?? `code ${code ?? 0}`));
    });
  }

  /** The first line of its output. Fails when it ends before. */
  async firstLine(): Promise<string> {
    if (!this.process.stdout) throw new Error(`${this.name} was not started to be read`);
    const lines = createInterface(this.process.stdout);
    const line = new Promise<string>((resolve) => lines.once('line', resolve));
    return Promise.race([line, this.failure()]);
  }

  /** Fails when the process ends. */
  async failure(): Promise<never> {
    const how = await this.ended;
    throw new Error(`${this.name} ended with ${how}:\n${tail(this.log)}`);
  }

  /** Asks it to end, and after a while makes it. */
  async end(patience: number): Promise<void> {
    this.process.stdin?.end();
    const done = await Promise.race([this.ended, sleep(patience, undefined, { ref: false })]);
    if (done === undefined) this.process.kill('SIGKILL');
    await this.ended;
  }
}
