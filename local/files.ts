import { readFileSync, renameSync, writeFileSync } from 'node:fs';

/** Readers see the old content or the new, never half of it. Readable by the user alone. */
export function writeWhole(path: string, content: string): void {
  writeFileSync(`${path}.new`, content, { mode: 0o600 });
  renameSync(`${path}.new`, path);
}

export function writeJson(path: string, content: unknown): void {
  writeWhole(path, `${JSON.stringify(content, undefined, 2)}\n`);
}

/** The file's content as JSON; undefined when it is not there or not whole. */
export function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}

/** The last lines of a log, for an error message; none when there is no log. */
export function tail(path: string, lines = 20): string {
  try {
    return readFileSync(path, 'utf8').trimEnd().split('\n').slice(-lines).join('\n');
  } catch {
    return '';
  }
}
