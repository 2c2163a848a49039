import { Client, DatabaseError, type ClientConfig } from 'pg';
import { DatabaseRefused, DatabaseUnavailable, QueryFailed } from '../../contracts/errors';
import { databaseSecret, type DatabaseSecret } from './secret';

/** invalid_password and invalid_authorization_specification: the secret may have been rotated since it was fetched. */
const REFUSED = ['28P01', '28000'];
/**
 * https://www.postgresql.org/docs/current/errcodes-appendix.html: connections (08), resources (53), serialization and deadlock (40),
 * a lock not to be had (55P03), and a server that shuts down, crashes or starts (57P01–57P03).
 */
const PASSING = /^(08...|53...|40...|55P03|57P0[123])$/;
const CONNECT_TIMEOUT_MS = 30_000;

/** Runs the work on one connection, which is closed afterwards. Raises DatabaseUnavailable and DatabaseRefused. */
export async function withDatabase<Result>(
  work: (client: Client) => Promise<Result>,
  settings: Omit<ClientConfig, 'ssl'> = {},
): Promise<Result> {
  const client = await connect(settings);
  // A connection that breaks between two statements is an event; unheard, it would end the process.
  client.on('error', () => undefined);
  try {
    return await work(client);
  } catch (error) {
    throw nameDatabaseError(error);
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function connect(settings: ClientConfig): Promise<Client> {
  try {
    return await open(await databaseSecret(), settings);
  } catch (error) {
    if (!(error instanceof DatabaseError) || !REFUSED.includes(error.code ?? '')) throw nameDatabaseError(error);
  }
  const secret = await databaseSecret({ again: true });
  try {
    return await open(secret, settings);
  } catch (error) {
    throw nameDatabaseError(error, secret);
  }
}

async function open(secret: DatabaseSecret, settings: ClientConfig): Promise<Client> {
  const client = new Client({
    host: secret.host,
    port: secret.port,
    user: secret.username,
    password: secret.password,
    database: secret.dbname,
    ssl: secret.sslmode === 'verify-full',
    application_name: 'assay',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    keepAlive: true,
    ...settings,
  });
  await client.connect();
  return client;
}

/** A lost or busy server becomes DatabaseUnavailable, which is retried; wrong credentials DatabaseRefused, which is not. */
export function nameDatabaseError(error: unknown, secret?: Pick<DatabaseSecret, 'host' | 'username'>): unknown {
  if (!(error instanceof Error)) return error;
  const code = (error as Error & { code?: string }).code ?? '';
  if (REFUSED.includes(code) && error instanceof DatabaseError)
    return new DatabaseRefused(
      `${secret?.host ?? 'the database'} refused user ${secret?.username ?? ''} also after the secret was fetched again; ` +
        'rotate the password so that secret and database agree, then send the file again',
    );
  const lost = error instanceof DatabaseError ? PASSING.test(code) : isConnectionError(error, code);
  if (lost) return new DatabaseUnavailable(`the database could not be reached or let go of us: ${error.message}`);
  return error instanceof DatabaseError ? new QueryFailed(`${error.message} (SQLSTATE ${code})`) : error;
}

function isConnectionError({ message }: Error, code: string): boolean {
  return /^(E[A-Z_]+)$/.test(code) || /^(Connection terminated|timeout expired|Client has encountered)/.test(message);
}
