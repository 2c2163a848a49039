import { z } from 'zod';

/** What files are written in; a file's name ends with it where its contract leaves the choice. */
export const FileFormat = z.enum(['csv', 'jsonl', 'parquet']);
export type FileFormat = z.infer<typeof FileFormat>;

/** What rows of such a file are released in: each is kept as text, and Parquet has none. */
export function releaseFormat(format: FileFormat): FileFormat {
  return format === 'csv' ? 'csv' : 'jsonl';
}

export const FILE_FORMATS = FileFormat.options;
