import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { reported, run } from './command.js';
import { fingerprint, readStamp, writeStamp } from './stamp.js';

const CANDIDATES = ['python3.11', 'python3.12', 'python3.13', 'python3', 'python'];
const PROBE = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2]); print(sys.executable)';

/**
 * The virtual environment with the pinned requirements; returns its Python.
 * @param {string} project
 * @param {string} state
 * @param {boolean} dev with the tools that tests and lint need
 */
export async function installPython(project, state, dev) {
  const venv = join(state, 'venv');
  const python = join(venv, 'bin', 'python');
  const sets = [join(project, 'local', 'requirements.txt')];
  if (dev) sets.push(join(project, 'local', 'requirements-dev.txt'));
  const stamp = join(venv, '.assay-stamp');
  const installed = readStamp(stamp);
  const wanted = sets.map((file) => fingerprint([file]));
  if (wanted.every((print) => installed.includes(print)) && existsSync(python)) return python;
  if (!(await works(python))) await createEnvironment(venv);
  // The set without the tools keeps its stamp only if it is still the one that was installed.
  const kept = installed.filter((print) => print === fingerprint([join(project, 'local', 'requirements.txt')]));
  rmSync(stamp, { force: true });
  const files = sets.flatMap((file) => ['-r', file]);
  await reported('installing Python packages (Spark, emulator), some 500 MB', () =>
    run(python, ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...files]),
  );
  writeStamp(stamp, [...new Set([...kept, ...wanted])]);
  return python;
}

/** @param {string} venv */
async function createEnvironment(venv) {
  const base = await findPython();
  rmSync(venv, { recursive: true, force: true });
  await reported(`creating a Python environment with ${base}`, () => run(base, ['-m', 'venv', venv]));
}

/** @param {string} python */
async function works(python) {
  if (!existsSync(python)) return false;
  return run(python, ['-c', 'import pip']).then(
    () => true,
    () => false,
  );
}

async function findPython() {
  const seen = [];
  for (const name of process.env.ASSAY_PYTHON ? [process.env.ASSAY_PYTHON] : CANDIDATES) {
    const answer = await run(name, ['-c', PROBE]).catch((/** @type {Error} */ error) => error);
    if (answer instanceof Error) {
      if (/No module named '?(venv|ensurepip)/.test(answer.message))
        seen.push(`${name} has no venv module (Debian, Ubuntu: apt install python3-venv)`);
      continue;
    }
    const [version = '', path = ''] = answer.trim().split('\n');
    const [major = 0, minor = 0] = version.split('.').map(Number);
    if (major === 3 && minor >= 11 && minor <= 13) return path;
    seen.push(`${name} is ${version}`);
  }
  throw new Error(
    `no Python 3.11, 3.12 or 3.13 found${seen.length ? ` (${seen.join('; ')})` : ''}: install one from https://www.python.org or your ` +
      'package manager, or name it: ASSAY_PYTHON=/path/to/python3.11',
  );
}
