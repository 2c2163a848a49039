import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const projectFolder = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');

/** What else lies beside the laptops' folders. */
const TAKEN = ['venv', 'snowflake-venv', 'contracts-venv', 'notebook-venv', 'notebook', 'jars', 'java-home', 'ivy'];

/** Where everything is kept that is not source: what all laptops of this project share, and what is one laptop's own. */
export class Folders {
  private readonly state = join(projectFolder, '.assay');
  readonly jars = join(this.state, 'jars');
  readonly python = join(this.state, 'venv', 'bin', 'python');
  /** The synthesized local stage, by its sources. */
  readonly assemblies = join(this.state, 'cdk.out');
  readonly snowflakePython = join(this.state, 'snowflake-venv', 'bin', 'python');
  /** One laptop's own folder. */
  readonly own: string;
  readonly logs: string;
  readonly postgres: string;
  readonly temporary: string;
  readonly lock: string;

  constructor(name = process.env.ASSAY_LAPTOP ?? 'laptop') {
    if (!/^[\w-]+$/.test(name) || TAKEN.includes(name))
      throw new Error(`ASSAY_LAPTOP=${name}: expected a name of letters, digits, - and _ other than ${TAKEN.join(', ')}`);
    this.own = join(this.state, name);
    this.logs = join(this.own, 'logs');
    this.postgres = join(this.own, 'postgres');
    this.temporary = join(this.own, 'tmp');
    this.lock = join(this.state, `${name}.lock`);
  }

  file(name: string): string {
    return join(this.own, name);
  }

  get javaHome(): string {
    return readFileSync(join(this.state, 'java-home'), 'utf8').trim();
  }

  /** Fails with what to do when `local/install.js` has not run to its end. */
  requireInstallation(): void {
    const stamps = [join(this.jars, '.assay-stamp'), join(this.state, 'java-home')];
    const missing = [this.python, this.snowflakePython, ...stamps].some((path) => !existsSync(path));
    if (missing) throw new Error('Python, Java, Spark or Snowflake are not installed: run `node local/install.js`');
  }
}
