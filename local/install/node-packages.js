import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { reported, run } from './command.js';
import { fingerprint, readStamp, writeStamp } from './stamp.js';

/**
 * `npm ci`, when node_modules is missing or older than the lockfile.
 * @param {string} project
 */
export async function installNodePackages(project) {
  requireNode();
  const lockfile = join(project, 'package-lock.json');
  const stamp = join(project, 'node_modules', '.assay-stamp');
  const wanted = fingerprint([lockfile]);
  if (readStamp(stamp)[0] === wanted || isNewer(join(project, 'node_modules', '.package-lock.json'), lockfile)) return;
  await reported('installing Node packages (npm ci)', () => run('npm', ['ci', '--no-fund', '--no-audit'], { cwd: project }));
  writeStamp(stamp, [wanted]);
}

function requireNode() {
  const major = Number(process.versions.node.split('.')[0]);
  if (major < 20) throw new Error(`Node ${process.versions.node} is too old: Node 20 or newer is needed (https://nodejs.org)`);
}

/**
 * npm writes its own lockfile into node_modules as its last step: a newer one means that somebody ran npm by hand.
 * @param {string} path
 * @param {string} than
 */
function isNewer(path, than) {
  return existsSync(path) && statSync(path).mtimeMs >= statSync(than).mtimeMs;
}
