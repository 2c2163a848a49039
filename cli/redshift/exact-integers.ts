import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import type { RedshiftDataClient } from '@aws-sdk/client-redshift-data';

/** Of more digits than a double is sure to keep; in a string the quotes around the name would be escaped. */
const LARGE = /"longValue":\s*(-?\d{16,})/g;

/** The Data API's answers are JSON, whose numbers the SDK reads as doubles: lets it read large integers as text instead. */
export function keepIntegersExact(client: RedshiftDataClient): void {
  client.middlewareStack.add(
    (next) => async (call) => {
      const result = await next(call);
      const response = result.response as { body: Readable | Uint8Array };
      const body = response.body instanceof Uint8Array ? Buffer.from(response.body).toString() : await text(response.body);
      response.body = Buffer.from(body.replace(LARGE, '"stringValue":"$1"'));
      return result;
    },
    // Low: next to the wire, so that what reads the answer comes after it.
    { step: 'deserialize', priority: 'low', name: 'keepIntegersExact' },
  );
}
