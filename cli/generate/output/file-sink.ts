import { createHash, type Hash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
import { causeOf, UserError } from '../../failure';
import type { Bytes } from '../format/writer';

/** One file: each write is waited for, so no more than one is ever in memory. */
export class FileSink implements Bytes {
  private size = 0;
  private readonly hash: Hash = createHash('sha256');

  private constructor(
    private readonly path: string,
    private readonly file: FileHandle,
  ) {}

  static async create(path: string): Promise<FileSink> {
    return new FileSink(path, await told(path, () => open(path, 'wx')));
  }

  async write(bytes: Uint8Array): Promise<void> {
    this.hash.update(bytes);
    this.size += bytes.length;
    // A handle's write may stop half way; its writeFile goes on to the end.
    await told(this.path, () => this.file.writeFile(bytes));
  }

  async close(): Promise<{ readonly bytes: number; readonly sha256: string }> {
    await told(this.path, () => this.file.close());
    return { bytes: this.size, sha256: this.hash.digest('hex') };
  }

  async abandon(): Promise<void> {
    await this.file.close().catch(() => undefined);
  }
}

/** The work, whose trouble with the disk is said in words. */
export async function told<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    const why = TROUBLE[code];
    throw why === undefined ? error : new UserError(`${path} cannot be written: ${why} (${causeOf(error)})`);
  }
}

const TROUBLE: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full; make room or generate less with --scale',
  EDQUOT: 'the quota of the disk is used up; make room or generate less with --scale',
  EFBIG: 'the file system holds no file as large; take more --batches',
  EACCES: 'you may not write there; choose another --out',
  EPERM: 'you may not write there; choose another --out',
  EROFS: 'the disk is read-only; choose another --out',
  ENOTDIR: 'a part of the path is a file; choose another --out',
  EIO: 'the disk fails; choose another --out',
};
