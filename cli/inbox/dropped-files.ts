import { readdirSync, statSync, type Stats } from 'node:fs';
import { basename, join } from 'node:path';
import { UsageError, UserError } from '../failure';
import { MANIFEST, TRUTH } from '../generate/output/names';

/** A file of this machine and the key it gets in the inbox. */
export interface LocalFile {
  readonly path: string;
  readonly key: string;
  readonly size: number;
}

/** The files that the arguments stand for; a folder stands for the files in it. `as` is a key for the only one. */
export function droppedFiles(paths: readonly string[], as?: string): LocalFile[] {
  const files = paths.flatMap(filesAt);
  if (as !== undefined) {
    if (as === '') throw new UsageError('--as needs a name');
    const [file, another] = files;
    if (another !== undefined) throw new UsageError(`--as names one file, and these are ${files.length}: drop them one by one`);
    return file ? [{ ...file, key: as }] : [];
  }
  const shared = files.find((file, index) => files.slice(0, index).some(({ key }) => key === file.key));
  if (shared) throw new UsageError(`two of the files are named ${shared.key}: drop them one after the other`);
  return files;
}

function filesAt(path: string): LocalFile[] {
  const stats = statsOf(path);
  if (stats.isFile()) return [{ path, key: basename(path), size: stats.size }];
  if (!stats.isDirectory()) throw new UserError(`${path} is neither a file nor a folder`);
  const present = readdirSync(path).filter((name) => !name.startsWith('.'));
  // What `assay generate` says of its files is no file of a dataset.
  const isGenerated = [MANIFEST, TRUTH].every((name) => present.includes(name));
  const names = present.filter((name) => !isGenerated || (name !== MANIFEST && name !== TRUTH));
  const files = names.sort().flatMap((name) => {
    const inside = statsOf(join(path, name));
    return inside.isFile() ? [{ path: join(path, name), key: name, size: inside.size }] : [];
  });
  if (files.length === 0) throw new UserError(`the folder ${path} has no files in it`);
  return files;
}

function statsOf(path: string): Stats {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) throw new UserError(`there is no file ${path}`);
  return stats;
}
