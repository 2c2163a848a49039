import type { SQSRecord } from 'aws-lambda';
import { z } from 'zod';

/** EventBridge's "Object Created"; the key comes as it is, not URL-encoded as in S3's own notifications. */
const ObjectCreated = z.object({
  id: z.string(),
  time: z.string(),
  'detail-type': z.literal('Object Created'),
  detail: z.object({
    bucket: z.object({ name: z.string() }),
    object: z.object({ key: z.string(), size: z.number().optional(), 'version-id': z.string().optional() }),
  }),
});

/** A file that is said to have arrived in the inbox. */
export interface Arrival {
  readonly bucket: string;
  readonly key: string;
  /** Absent where the sender does not tell; then it is the newest. */
  readonly versionId?: string | undefined;
  readonly size?: number | undefined;
  readonly eventId: string;
  readonly time: string;
}

export function parseArrival({ body }: Pick<SQSRecord, 'body'>): Arrival {
  const { id, time, detail } = ObjectCreated.parse(JSON.parse(body));
  const { key, size, 'version-id': versionId } = detail.object;
  return { bucket: detail.bucket.name, key, versionId, size, eventId: id, time };
}

/** What the console leaves behind when somebody makes a folder. */
export function isFolderMarker({ key, size }: Arrival): boolean {
  return key.endsWith('/') && size === 0;
}
