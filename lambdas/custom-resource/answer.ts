import type { CloudFormationCustomResourceEvent } from 'aws-lambda';

type Answer = { readonly Status: 'SUCCESS' } | { readonly Status: 'FAILED'; readonly Reason: string };

const ATTEMPTS = 3;

/** Tells CloudFormation how it went, at the presigned address that came with the request. */
export async function answer(event: CloudFormationCustomResourceEvent, result: Answer): Promise<void> {
  const { StackId, RequestId, LogicalResourceId } = event;
  const PhysicalResourceId = 'PhysicalResourceId' in event ? event.PhysicalResourceId : `${LogicalResourceId}-migrations`;
  // Bytes, not text: the address is signed for a request without a content type, and fetch would add one to text.
  const body = Buffer.from(JSON.stringify({ ...result, StackId, RequestId, LogicalResourceId, PhysicalResourceId }));
  for (let attempt = 1; ; attempt += 1) {
    const outcome = await put(event.ResponseURL, body);
    if (outcome === 'delivered') return;
    if (attempt === ATTEMPTS) throw new Error(`CloudFormation did not take the answer: ${outcome}`);
  }
}

async function put(url: string, body: Buffer): Promise<string> {
  try {
    const response = await fetch(url, { method: 'PUT', body, signal: AbortSignal.timeout(10_000) });
    return response.ok ? 'delivered' : `HTTP ${response.status}`;
  } catch (error) {
    return (error as Error).message;
  }
}
