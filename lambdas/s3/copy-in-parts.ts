import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  UploadPartCopyCommand,
  type CompletedPart,
} from '@aws-sdk/client-s3';
import { s3 } from './client';
import type { Place } from './copy-verified';
import { copySource, type StoredFile } from './version';

const PART_BYTES = 512 * 1024 ** 2;
/** Parts under way at once; S3 does the work, so this only bounds how many requests one file makes. */
const LANES = 8;

interface Upload {
  readonly Bucket: string;
  readonly Key: string;
  readonly UploadId: string | undefined;
}

/** Copies a version too large for one CopyObject. An upload that fails is given up, so no parts are left to pay for. */
export async function copyInParts(file: StoredFile, to: Place, partBytes = PART_BYTES): Promise<void> {
  const place = { Bucket: to.bucket, Key: to.key };
  const { UploadId } = await s3.send(new CreateMultipartUploadCommand(place));
  const upload: Upload = { ...place, UploadId };
  try {
    const Parts = await copyParts(file, upload, partRanges(file.size, partBytes));
    await s3.send(new CompleteMultipartUploadCommand({ ...upload, MultipartUpload: { Parts } }));
  } catch (error) {
    await s3.send(new AbortMultipartUploadCommand(upload));
    throw error;
  }
}

/** The byte ranges of the parts, both ends included, as S3 writes them. */
export function partRanges(size: number, partBytes: number): string[] {
  return Array.from({ length: Math.ceil(size / partBytes) }, (_, part) => {
    const first = part * partBytes;
    return `bytes=${first}-${Math.min(first + partBytes, size) - 1}`;
  });
}

async function copyParts(file: StoredFile, upload: Upload, ranges: readonly string[]): Promise<CompletedPart[]> {
  const done: CompletedPart[] = [];
  for (let start = 0; start < ranges.length; start += LANES) {
    const lanes = ranges.slice(start, start + LANES);
    done.push(...(await Promise.all(lanes.map((range, lane) => copyPart(file, upload, start + lane + 1, range)))));
  }
  return done;
}

async function copyPart(file: StoredFile, upload: Upload, PartNumber: number, range: string): Promise<CompletedPart> {
  const CopySource = copySource(file);
  const part = await s3.send(new UploadPartCopyCommand({ ...upload, CopySource, CopySourceRange: range, PartNumber }));
  return { PartNumber, ETag: part.CopyPartResult?.ETag };
}
