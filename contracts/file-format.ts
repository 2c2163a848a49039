import { z } from 'zod';

/** What files are written in; a file's name ends with it where its contract leaves the choice. */
export const FileFormat = z.enum(['csv', 'jsonl', 'parquet']);
export type FileFormat = z.infer<typeof FileFormat>;

export const FILE_FORMATS = FileFormat.options;
