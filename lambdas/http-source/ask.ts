import { SourceRefused } from '../../contracts/errors';
import { mask } from '../failure/mask';
import { retryAfterMs } from './retry-after';

/** An API over HTTP that lets us in with a token. */
export interface HttpSource {
  /** Of one try, in milliseconds. */
  readonly timeoutMs: number;
  /** The token; asked again once where the API does not take it, as after it was rotated. */
  token(options: { readonly again: boolean }): Promise<string>;
}

/** A try without an answer that could be used. */
export interface Failed {
  readonly kind: 'failed';
  /** In words, for a message. */
  readonly reason: string;
  /** How long the API asks to be left alone. */
  readonly retryAfterMs?: number;
}

export type Asked = Failed | { readonly kind: 'answered'; readonly bytes: Buffer; readonly body: unknown };

const RETRIED = [408, 425, 429];
/** Of an error's body, in a message. */
const SHOWN = 200;

/** Asks once; twice where a token is no longer taken. Raises SourceRefused for what no further try would change. */
export async function ask(source: HttpSource, url: URL): Promise<Asked> {
  const first = await send(source, url, false);
  const reply = first.status === 401 ? await send(source, url, true) : first;
  if (reply.status === 0) return { kind: 'failed', reason: reply.text };
  if (reply.status === 200) return parsed(reply);
  const reason = `HTTP ${reply.status} ${JSON.stringify(mask(reply.text.slice(0, SHOWN)))}`;
  if (RETRIED.includes(reply.status) || reply.status >= 500) {
    const pause = retryAfterMs(reply.retryAfter, new Date());
    return { kind: 'failed', reason, ...(pause !== undefined && { retryAfterMs: pause }) };
  }
  const todo =
    reply.status === 401 || reply.status === 403
      ? 'put a token that it takes into the secret'
      : 'correct address, paging or page size';
  throw new SourceRefused(`${shown(url)} answered ${reason}; ${todo}: docs/concessions.md`);
}

interface Reply {
  /** 0 when there was no answer. */
  readonly status: number;
  readonly bytes: Buffer;
  readonly text: string;
  readonly retryAfter: string | null;
}

async function send(source: HttpSource, url: URL, again: boolean): Promise<Reply> {
  const token = await source.token({ again });
  try {
    const response = await fetch(url, {
      headers: { Authorization: `Bearer ${token}`, Accept: 'application/json', 'User-Agent': 'assay/1.0' },
      // The token is for this address only.
      redirect: 'manual',
      signal: AbortSignal.timeout(source.timeoutMs),
    });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { status: response.status, bytes, text: bytes.toString('utf8'), retryAfter: response.headers.get('retry-after') };
  } catch (error) {
    return { status: 0, bytes: Buffer.alloc(0), text: noAnswer(error, source.timeoutMs), retryAfter: null };
  }
}

/** Why fetch gave up. Whatever else is thrown there is our own fault. */
function noAnswer(error: unknown, timeoutMs: number): string {
  if (error instanceof DOMException && error.name === 'TimeoutError') return `no answer within ${timeoutMs / 1000} s`;
  if (!(error instanceof TypeError)) throw error;
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return `no answer: ${mask(cause)}`;
}

/** Half a page is no JSON; nor is a page of words that something on the way put in its place. */
function parsed({ bytes }: Reply): Asked {
  try {
    // Not `text`, in which bytes that are no UTF-8 have become something else.
    return { kind: 'answered', bytes, body: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch {
    // Not how it ends: in the middle of a name, perhaps.
    return { kind: 'failed', reason: `${bytes.length} bytes that are no JSON in UTF-8, or only its beginning` };
  }
}

/** Without what is asked for. */
function shown({ origin, pathname }: URL): string {
  return origin + pathname;
}
