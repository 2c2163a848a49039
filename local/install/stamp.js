import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/**
 * The fingerprint of the files' content and of the words given with them.
 * @param {readonly string[]} files
 * @param {readonly string[]} words
 */
export function fingerprint(files, words = []) {
  const hash = createHash('sha256');
  for (const file of files) hash.update(readFileSync(file)).update('\0');
  for (const word of words) hash.update(word).update('\0');
  return hash.digest('hex');
}

/**
 * The lines of a stamp file; none when it is not there.
 * @param {string} path
 * @returns {string[]}
 */
export function readStamp(path) {
  try {
    return readFileSync(path, 'utf8').trim().split('\n');
  } catch {
    return [];
  }
}

/**
 * Written last and at once, so that a stamp never stands for half an installation.
 * @param {string} path
 * @param {readonly string[]} lines
 */
export function writeStamp(path, lines) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(`${path}.new`, `${lines.join('\n')}\n`);
  renameSync(`${path}.new`, path);
}
