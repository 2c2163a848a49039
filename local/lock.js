import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A lock appears with its owner in it; one without an owner is what a machine that crashed left, or is not ours to judge yet. */
const NAMELESS_MS = 10_000;

/**
 * Runs `work` while no other process holds the lock at `path`. A lock whose owner is gone is taken over.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function withLock(path, work) {
  mkdirSync(dirname(path), { recursive: true });
  let said = false;
  while (!take(path)) {
    const pid = owner(path);
    if (!said && isAlive(pid)) {
      process.stderr.write(`assay: waiting for process ${pid}, which is at it already\n`);
      said = true;
    }
    await sleep(500);
  }
  const release = () => {
    rmSync(path, { force: true });
  };
  // Whoever is interrupted exits in the middle of the work.
  process.once('exit', release);
  try {
    return await work();
  } finally {
    process.off('exit', release);
    release();
  }
}

/**
 * Nobody ever deletes another's lock. It is replaced, and only by the one who holds a lock on doing so and has then seen
 * that the owner is still the same dead one.
 * @param {string} path
 * @returns {boolean}
 */
function take(path) {
  const own = `${path}.${process.pid}`;
  writeFileSync(own, String(process.pid));
  try {
    if (appears(own, path)) return true;
    const pid = owner(path);
    if (isHeld(path, pid)) return false;
    const guard = `${path}.after-${pid}`;
    if (!take(guard)) return false;
    try {
      if (owner(path) !== pid || isHeld(path, pid)) return false;
      renameSync(own, path);
      return true;
    } finally {
      rmSync(guard, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
}

/**
 * Whole or not at all, unlike a file that is created and then written.
 * @param {string} own
 * @param {string} path
 */
function appears(own, path) {
  try {
    linkSync(own, path);
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
    return false;
  }
}

/**
 * @param {string} path
 * @param {number} pid its owner
 */
function isHeld(path, pid) {
  if (pid) return isAlive(pid);
  const since = statSync(path, { throwIfNoEntry: false })?.mtimeMs;
  // Without an entry it was released just now, and the next look takes it.
  return since === undefined || Date.now() - since < NAMELESS_MS;
}

/**
 * 0 when the lock is gone or says nothing.
 * @param {string} path
 */
function owner(path) {
  try {
    return Number(readFileSync(path, 'utf8')) || 0;
  } catch {
    return 0;
  }
}

/** @param {number} pid */
function isAlive(pid) {
  if (!pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
