import { createHash } from 'node:crypto';

/** The id that receive-file gives to the run of a file version; a test holds it against the Lambda's. */
export function runIdOf(bucket: string, key: string, versionId: string): string {
  return createHash('sha256').update(`${bucket}\n${key}\n${versionId}`).digest('hex');
}
