import { createHash } from 'node:crypto';

/** RFC 9562's namespace of names that are URLs (or, as here, other URIs). */
const URLS = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');

/** OpenLineage identifies runs by UUIDs (here version 5): the same for the same run and step, whoever tells of it. */
export function runUuid(runId: string, step?: string): string {
  const name = `assay:run:${runId}${step === undefined ? '' : `/${step}`}`;
  const bytes = createHash('sha1').update(URLS).update(name).digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
