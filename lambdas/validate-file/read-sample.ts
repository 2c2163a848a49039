import { FileTooLarge } from '../../contracts/errors';
import { readBeginning } from '../s3/read-version';
import type { StoredFile } from '../s3/version';
import { emptyFile, fileNameOf, type Sample } from './sample';

/** Enough for a header and a few thousand rows; more would only cost time and memory, whatever the file's size. */
export const SAMPLE_BYTES = 256 * 1024;

/** The beginning of the file. Raises EmptyFile, FileTooLarge and VersionGone. */
export async function readSample(file: StoredFile, maxBytes: number): Promise<Sample> {
  const fileName = fileNameOf(file.key);
  // A range of an empty object does not exist.
  if (file.size === 0) throw emptyFile(fileName, 'is empty (0 bytes)');
  if (file.size > maxBytes)
    throw new FileTooLarge(
      `${fileName} has ${file.size} bytes, the contract allows ${maxBytes}; split it, or raise the limit in the contract`,
    );
  return { fileName, bytes: await readBeginning(file, SAMPLE_BYTES), isWhole: file.size <= SAMPLE_BYTES };
}
