import type { SQSRecord } from 'aws-lambda';
import { z } from 'zod';
import { KeptVersion } from '../../contracts/run';
import { parseArrival, type Arrival } from './arrival';

const RunId = z.string().regex(/^[0-9a-f]{64}$/);

/** An operator's word: load a file once more, or take rows of it back from quarantine. */
const Request = z.discriminatedUnion('detail-type', [
  z.object({ 'detail-type': z.literal('Replay Requested'), id: z.string().min(1), detail: z.object({ run: RunId }) }),
  z.object({
    'detail-type': z.literal('Release Requested'),
    id: z.string().min(1),
    /** `file` holds the rows, with their numbers in the original. */
    detail: z.object({ run: RunId, file: KeptVersion }),
  }),
]);
export type Request = z.infer<typeof Request>;

/** The sweep's: a run was claimed or refused, and then nobody went on with it. */
const LeftBehind = z.object({ 'detail-type': z.literal('Run Left Behind'), detail: z.object({ run: RunId }) });

/** What the inbox queue brings. */
export type Message =
  | { readonly kind: 'arrival'; readonly arrival: Arrival }
  | { readonly kind: 'request'; readonly request: Request }
  | { readonly kind: 'left behind'; readonly run: string };

export function parseMessage(record: SQSRecord): Message {
  const body: unknown = JSON.parse(record.body);
  const request = Request.safeParse(body);
  if (request.success) return { kind: 'request', request: request.data };
  const leftBehind = LeftBehind.safeParse(body);
  if (leftBehind.success) return { kind: 'left behind', run: leftBehind.data.detail.run };
  return { kind: 'arrival', arrival: parseArrival(record) };
}
