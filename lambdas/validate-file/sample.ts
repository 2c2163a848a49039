import { EmptyFile } from '../../contracts/errors';

/** The beginning of a file, or all of it. */
export interface Sample {
  /** For messages. */
  readonly fileName: string;
  readonly bytes: Buffer;
  /** Whether the bytes are the whole file. */
  readonly isWhole: boolean;
}

export function emptyFile(fileName: string, fault: string): EmptyFile {
  return new EmptyFile(`${fileName} ${fault}, expected at least one line; upload it again with its content`);
}

/** A file's name without its folders. */
export function fileNameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}
