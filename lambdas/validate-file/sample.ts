/** The beginning of a file, or all of it. */
export interface Sample {
  /** For messages. */
  readonly fileName: string;
  readonly bytes: Buffer;
  /** Whether the bytes are the whole file. */
  readonly isWhole: boolean;
}

/** A file's name without its folders. */
export function fileNameOf(key: string): string {
  return key.slice(key.lastIndexOf('/') + 1);
}
