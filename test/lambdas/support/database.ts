import { randomUUID } from 'node:crypto';
import { CreateSecretCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { Client } from 'pg';
import { inject } from 'vitest';

const { postgres } = inject('services');

/** A database of its own for a test file, with its secret; DATABASE_SECRET_ARN names it. */
export interface TestDatabase {
  /** A connection of the test's own. */
  readonly client: Client;
  /** The rows of a query, values as the driver gives them. */
  readonly rows: (sql: string, values?: unknown[]) => Promise<Record<string, unknown>[]>;
  readonly secret: Readonly<Record<string, unknown>>;
  /** Changes what the secret says. */
  readonly putSecret: (secret: Readonly<Record<string, unknown>>) => Promise<void>;
  /** Lets DATABASE_SECRET_ARN name another secret, which nobody has fetched yet. */
  readonly useSecret: (secret: Readonly<Record<string, unknown>>) => Promise<void>;
  readonly connect: () => Promise<Client>;
}

export async function createDatabase(): Promise<TestDatabase> {
  const dbname = `test_${randomUUID().replaceAll('-', '')}`;
  const server = await connectTo('postgres');
  await server.query(`create database ${dbname}`);
  await server.end();
  const client = await connectTo(dbname);
  const secret = { engine: 'postgres', ...postgres, dbname, sslmode: 'disable' };
  const secrets = new SecretsManagerClient({});
  const useSecret = async (content: Readonly<Record<string, unknown>>) => {
    const request = new CreateSecretCommand({ Name: randomUUID(), SecretString: JSON.stringify(content) });
    process.env['DATABASE_SECRET_ARN'] = (await secrets.send(request)).ARN;
  };
  await useSecret(secret);
  return {
    client,
    rows: async (sql, values) => (await client.query<Record<string, unknown>>(sql, values)).rows,
    secret,
    putSecret: async (changed) => {
      const SecretId = process.env['DATABASE_SECRET_ARN'];
      await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(changed) }));
    },
    useSecret,
    connect: () => connectTo(dbname),
  };
}

async function connectTo(database: string): Promise<Client> {
  const { host, port, username, password } = postgres;
  const client = new Client({ host, port, user: username, password, database });
  await client.connect();
  return client;
}
