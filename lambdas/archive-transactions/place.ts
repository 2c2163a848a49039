import type { FileItem } from '../ledger/items';
import { keyByDay } from '../s3/keys';

/** A file that was loaded has all of it. */
export type LoadedFile = FileItem & { readonly size: number; readonly sha256: string };

export function isLoaded(file: FileItem): file is LoadedFile {
  return file.size !== undefined && file.sha256 !== undefined && file.ingestionDate !== undefined;
}

/**
 * Where the archive keeps the file: by its day below the prefix. One that came in by its day, as generated files do, keeps
 * the key that it has.
 */
export function archiveKey(prefix: string, file: FileItem): string {
  const { key, outcome = 'load' } = file;
  const isByDay = key.startsWith(dayFolder(prefix, file)) && outcome !== 'release';
  return isByDay ? key : keptKey(prefix, file);
}

/** Where bronze has it. */
export function bronzeKey(file: FileItem): string {
  return keptKey(file.dataset, file);
}

function keptKey(
  prefix: string,
  { id: runId, key, versionId, outcome = 'load', format, ingestionDate, lastModified }: FileItem,
): string {
  const [year = '', month = '', day = ''] = (ingestionDate ?? '').split('-');
  const source = { key, versionId, modifiedAt: lastModified ?? '' };
  return keyByDay(prefix, { runId, outcome, source, format, year, month, day });
}

function dayFolder(prefix: string, { ingestionDate = '' }: FileItem): string {
  const [year = '', month = '', day = ''] = ingestionDate.split('-');
  return `${prefix}/year=${year}/month=${month}/day=${day}/`;
}
