import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Client } from 'pg';
import { Folders } from '../../../local/folders';
import { readRecord } from '../../../local/laptop-record';
import { databasePassword } from '../../../local/postgres';
import type { DrillLaptop } from './laptop';

type Secret = Readonly<Record<string, string | number>>;

/** The database's own port, whatever its secret says. */
export function databasePort(): number {
  const port = readRecord(new Folders())?.ports.postgres;
  if (port === undefined) throw new Error('the laptop has no PostgreSQL');
  return port;
}

/** Lets the work be done with another secret, as far as it differs, and puts the right one back. */
export async function withSecret<Result>(
  { account }: DrillLaptop,
  others: Secret,
  work: () => Promise<Result>,
): Promise<Result> {
  const client = new SecretsManagerClient(account.settings);
  const SecretId = await account.output('database', 'DatabaseSecretArn');
  const { SecretString: own = '{}' } = await client.send(new GetSecretValueCommand({ SecretId }));
  const put = (SecretString: string) => client.send(new PutSecretValueCommand({ SecretId, SecretString }));
  await put(JSON.stringify({ ...(JSON.parse(own) as Secret), ...others }));
  try {
    return await work();
  } finally {
    await put(own);
  }
}

/** Lets the work be done under another password, which server and secret agree upon, and rotates back to the first. */
export async function withPassword<Result>(
  laptop: DrillLaptop,
  password: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const own = databasePassword(new Folders());
  await alterRole(own, password);
  try {
    return await withSecret(laptop, { password }, work);
  } finally {
    await alterRole(own, own);
  }
}

async function alterRole(superuserPassword: string, password: string): Promise<void> {
  const server = { host: '127.0.0.1', port: databasePort(), user: 'postgres', database: 'postgres' };
  const client = new Client({ ...server, password: superuserPassword });
  await client.connect();
  await client.query(`alter role assay password ${client.escapeLiteral(password)}`);
  await client.end();
}

/** How often the run's rows were brought into the table: 1, or they were not. */
export async function loadsOf(runId: string): Promise<number> {
  const password = databasePassword(new Folders());
  const client = new Client({ host: '127.0.0.1', port: databasePort(), user: 'postgres', database: 'assay', password });
  await client.connect();
  const { rowCount } = await client.query('select from load_ledger where run_id = $1', [runId]);
  await client.end();
  return rowCount ?? 0;
}
