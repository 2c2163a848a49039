import type { ContentItem, FileItem, NameItem } from './items';
import { readFileItem, readNameItem } from './table';

/** Whether the run stands for its bytes: it neither failed nor was replaced by a newer version of its file. */
export async function standsForItsBytes(first: ContentItem, bucket: string): Promise<boolean> {
  return first.status !== 'failed' && isNewest(first.runId, { bucket, key: first.key });
}

/** Whether no newer version of the run's file has taken its place, or is about to. */
export async function isNewest(runId: string, file: Pick<FileItem, 'bucket' | 'key'>): Promise<boolean> {
  const name = await readNameItem(file);
  return name === undefined || name.runId === runId || !(await takesPlace(name));
}

/** Whether the newest version of a name has taken the place of earlier ones, or is about to. */
export async function takesPlace(name: NameItem | undefined): Promise<boolean> {
  const newest = name && (await readFileItem(name.runId));
  return newest !== undefined && newest.status !== 'failed';
}
