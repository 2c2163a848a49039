import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { TEXT } from '../../contracts/purchases';

export const folder = mkdtempSync(join(tmpdir(), 'assay diff '));

/** The text as a file, by its path. */
export function written(name: string, text: string): string {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
}

/** The contract of purchases as it is, as the older one of a diff. */
export const OLD = written('old.yaml', TEXT);
