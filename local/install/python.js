import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { reported, run } from './command.js';
import { fingerprint, readStamp, writeStamp } from './stamp.js';

const CANDIDATES = ['python3.11', 'python3.12', 'python3.13', 'python3', 'python'];
const PROBE = 'import sys, venv, ensurepip; print("%d.%d" % sys.version_info[:2]); print(sys.executable)';

/**
 * A virtual environment with sets of pinned requirements; returns its Python.
 * @param {string} venv its folder
 * @param {readonly [string, ...string[]]} sets files; a set that was installed beside the first is kept
 * @param {string} what they bring, and how much
 */
export async function installPython(venv, sets, what) {
  const python = join(venv, 'bin', 'python');
  const stamp = join(venv, '.assay-stamp');
  const installed = readStamp(stamp);
  const wanted = sets.map((file) => fingerprint([file]));
  if (wanted.every((print) => installed.includes(print)) && existsSync(python)) return python;
  if (!(await works(python))) await createEnvironment(venv);
  // The first set keeps its stamp only if it is still the one that was installed.
  const kept = installed.filter((print) => print === fingerprint([sets[0]]));
  rmSync(stamp, { force: true });
  const files = sets.flatMap((file) => ['-r', file]);
  await reported(`installing Python packages (${what})`, () =>
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
