import { AssayError, AwsUnavailable } from '../../contracts/errors';
import { ZodError, prettifyError } from 'zod';
import { mask } from './mask';

/** Codes of Node's sockets and of the SDK's own timeouts. */
const NETWORK = /^(ECONN\w+|EPIPE|ENOTFOUND|EAI_AGAIN|ETIMEDOUT|ERR_STREAM_PREMATURE_CLOSE|TimeoutError|RequestTimeout)$/;
const THROTTLING = /Throttl|TooManyRequests|SlowDown|ProvisionedThroughputExceeded|RequestLimitExceeded|KMSThrottling/;

interface AwsFacts {
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
}

/**
 * The error as Step Functions should see it: ours as they are; AWS out of breath or out of reach as AwsUnavailable, which is
 * retried; all others by their own name, which is not.
 */
export function nameFailure(error: unknown): Error {
  if (error instanceof AssayError) return error;
  if (!(error instanceof Error)) return new Error(mask(String(error)));
  if (isPassing(error)) return new AwsUnavailable(`${error.name}: ${mask(error.message)}`);
  const text = error instanceof ZodError ? prettifyError(error) : error.message;
  return Object.assign(new Error(mask(text)), { name: error.name });
}

function isPassing(error: Error & AwsFacts): boolean {
  if (THROTTLING.test(error.name) || NETWORK.test(error.name) || NETWORK.test(error.code ?? '')) return true;
  return (error.$metadata?.httpStatusCode ?? 0) >= 500;
}
