import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import { DatabaseRefused, DatabaseUnavailable, QueryFailed } from '../../contracts/errors';
import type { SnowflakeSecret } from './secret';
import { keyPairToken } from './token';

/** Whom to speak to, and as whom. */
export interface SnowflakeSession {
  /** https://<account>.snowflakecomputing.com, or another way there. */
  readonly url: string;
  readonly account: string;
  readonly database: string;
  readonly warehouse: string;
  readonly role: string;
  /** The user's key; asked again once when Snowflake does not take it, as after it was rotated. */
  secret(options: { readonly again: boolean }): Promise<SnowflakeSecret>;
}

export interface Statement {
  /** One statement, or several with a semicolon between; with `begin` first they are a transaction. */
  readonly sql: string;
  /** @default 1 */
  readonly count?: number;
  /** Values of the question marks, in order; of a single statement only. */
  readonly bindings?: readonly string[];
}

const ColumnType = z.object({ name: z.string(), type: z.string(), scale: z.number().nullish() });
/** How Snowflake describes a column of an answer. */
export type ColumnType = z.infer<typeof ColumnType>;

const Answer = z.object({
  code: z.string().optional(),
  message: z.string().default(''),
  statementHandle: z.string().optional(),
  resultSetMetaData: z
    .object({
      rowType: z.array(ColumnType),
      partitionInfo: z.array(z.unknown()).default([]),
    })
    .optional(),
  data: z.array(z.array(z.string().nullable())).default([]),
});
type Answer = z.infer<typeof Answer>;

/** A statement's outcome: its columns, and its rows with every value as text, as Snowflake writes it. */
export interface Rows {
  readonly columns: readonly ColumnType[];
  readonly rows: readonly (readonly (string | null)[])[];
}

const RUNNING = 202;
/** Snowflake ends a statement then, which whoever waits for it must outlive. */
const STATEMENT_SECONDS = 600;
const REQUEST_TIMEOUT_MS = 60_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
/** How often a request is sent again whose answer did not come. */
const ATTEMPTS = 4;

/**
 * Executes by Snowflake's SQL API and waits for the end. Sent again because an answer did not come, it has the same id,
 * and is the statement that runs, or ran, already.
 *
 * Raises QueryFailed; DatabaseRefused when the user is not let in; DatabaseUnavailable, after which only what the statement
 * wrote tells whether it was executed.
 */
export async function execute(session: SnowflakeSession, statement: Statement): Promise<Rows> {
  const { sql, count = 1, bindings = [] } = statement;
  const { database, warehouse, role } = session;
  const requestId = randomUUID();
  const body = JSON.stringify({
    statement: sql,
    timeout: STATEMENT_SECONDS,
    ...{ database, warehouse, role },
    // A moment that becomes one without a zone is in UTC, whatever the account's default.
    parameters: { MULTI_STATEMENT_COUNT: String(count), TIMEZONE: 'UTC' },
    ...(bindings.length > 0 && {
      bindings: Object.fromEntries(bindings.map((value, index) => [String(index + 1), { type: 'TEXT', value }])),
    }),
  });
  const first = await patiently(session, (attempt) => ({
    path: `/api/v2/statements?requestId=${requestId}${attempt > 1 ? '&retry=true' : ''}`,
    body,
  }));
  return allRows(session, await ended(session, first));
}

async function ended(session: SnowflakeSession, first: Reply): Promise<Answer> {
  let reply = first;
  for (let pause = FIRST_PAUSE_MS; reply.status === RUNNING; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    const { statementHandle } = reply.answer;
    await sleep(pause);
    reply = await patiently(session, () => ({ path: `/api/v2/statements/${statementHandle}` }));
  }
  return reply.answer;
}

async function allRows(session: SnowflakeSession, answer: Answer): Promise<Rows> {
  const { resultSetMetaData: shape, statementHandle } = answer;
  const rows = [...answer.data];
  for (let partition = 1; partition < (shape?.partitionInfo.length ?? 0); partition += 1) {
    const { answer: more } = await patiently(session, () => ({
      path: `/api/v2/statements/${statementHandle}?partition=${partition}`,
    }));
    rows.push(...more.data);
  }
  return { columns: shape?.rowType ?? [], rows };
}

interface Ask {
  readonly path: string;
  readonly body?: string;
}

interface Reply {
  readonly status: number;
  readonly answer: Answer;
}

/** Asks until there is an answer; once more with the key fetched anew where Snowflake does not take it. */
async function patiently(session: SnowflakeSession, ask: (attempt: number) => Ask): Promise<Reply> {
  let again = false;
  for (let attempt = 1; ; attempt += 1) {
    const reply = await send(session, ask(attempt), again).catch((error: unknown) => unreachable(session, error));
    const mayRefresh = reply.status === 401 && !again;
    const isPassing = reply.status === 429 || reply.status >= 500;
    if (mayRefresh) again = true;
    else if (isPassing && attempt < ATTEMPTS) await sleep(Math.random() * 2 ** attempt * 500);
    else return orRaise(session, reply);
  }
}

async function send(session: SnowflakeSession, { path, body }: Ask, again: boolean): Promise<Reply> {
  const token = await keyPairToken(session.account, await session.secret({ again }));
  const response = await fetch(session.url + path, {
    method: body === undefined ? 'GET' : 'POST',
    ...(body !== undefined && { body }),
    headers: {
      Authorization: `Bearer ${token}`,
      'X-Snowflake-Authorization-Token-Type': 'KEYPAIR_JWT',
      'Content-Type': 'application/json',
      Accept: 'application/json',
      'User-Agent': 'assay/1.0',
    },
    signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS),
  });
  const text = await response.text();
  return { status: response.status, answer: Answer.parse(text.startsWith('{') ? JSON.parse(text) : {}) };
}

/** No answer is like one that says to come again. */
function unreachable(session: SnowflakeSession, error: unknown): Reply {
  if (!(error instanceof TypeError) && !(error instanceof DOMException)) throw error;
  const cause = error.cause instanceof Error ? error.cause.message : error.message;
  return { status: 503, answer: Answer.parse({ message: `no answer from ${session.url}: ${cause}` }) };
}

function orRaise(session: SnowflakeSession, reply: Reply): Reply {
  const { status, answer } = reply;
  if (status === 200 || status === RUNNING) return reply;
  // Snowflake's cause stands on the second line.
  const said = answer.message.replace(/\s*\n\s*/g, ' ').trim() || 'no message';
  const message = `${said} (Snowflake, HTTP ${status}${answer.code ? `, code ${answer.code}` : ''})`;
  if (status === 401 || status === 403)
    throw new DatabaseRefused(
      `${message}; put a key that account ${session.account} knows into the secret: docs/snowflake.md says how`,
    );
  if (status === 429 || status >= 500) throw new DatabaseUnavailable(message);
  throw new QueryFailed(message);
}
