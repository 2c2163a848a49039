import type { FileItem } from '../runs/file-item';

const BRINGS_ROWS = ['load', 'supersede', 'replay'];

/**
 * Of every file name the run that brought what is in the tables: of the newest version that was loaded, the first run, and
 * not a replay of it.
 */
export function inForce(items: readonly FileItem[]): FileItem[] {
  const newest = new Map<string, FileItem>();
  for (const item of items.filter(isLoaded)) {
    const name = `${item.bucket ?? ''}/${item.key}`;
    const other = newest.get(name);
    if (other === undefined || isBefore(other, item)) newest.set(name, item);
  }
  return [...newest.values()].sort((one, other) => order(one).localeCompare(order(other)));
}

function isLoaded({ status, outcome = 'load', archive }: FileItem): boolean {
  return status === 'succeeded' && BRINGS_ROWS.includes(outcome) && archive !== undefined;
}

function isBefore(one: FileItem, other: FileItem): boolean {
  const [a, b] = [one.lastModified ?? '', other.lastModified ?? ''];
  if (a !== b) return a < b;
  if (one.versionId !== other.versionId) return one.versionId < other.versionId;
  return one.of !== undefined && other.of === undefined;
}

function order({ ingestionDate = '', key }: FileItem): string {
  return `${ingestionDate} ${key}`;
}
