import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { Child } from './child';
import { writeWhole } from './files';
import { type Folders, projectFolder } from './folders';
import { type PostgresPlace, postgresPlace, SYSTEM_USER } from './postgres-place';

/** Role and database, by one name: `assay` stands for RDS, `warehouse` for Redshift, where a user makes users and groups. */
const DATABASES = { assay: 'login', warehouse: 'login createrole' };
const SUPERUSER = 'postgres';

/** The password of the laptop's database: made once, readable by the user alone. */
export function databasePassword(folders: Folders): string {
  const path = folders.file('database-password');
  if (!existsSync(path)) writeWhole(path, randomBytes(18).toString('base64url'));
  return readFileSync(path, 'utf8');
}

/** Starts PostgreSQL on its port, with its role and database; settles when it can be used. */
export async function startPostgres(folders: Folders, port: number, env: NodeJS.ProcessEnv): Promise<Child> {
  const place = await postgresPlace(folders.postgres);
  const data = join(place.folder, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(place, data, databasePassword(folders));
  const settings = {
    listen_addresses: '127.0.0.1',
    port: String(port),
    // No socket file: its path would be too long in a deep folder.
    unix_socket_directories: '',
    // A crash of the machine may lose the last moments, never consistency.
    synchronous_commit: 'off',
    log_statement: 'none',
  };
  const options = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  const child = new Child({
    name: 'postgres',
    command: [folders.python, join(projectFolder, 'local', 'tether.py'), place.postgres, '-D', data, ...options],
    env: { ...env, ...(place.user && { TETHER_USER: SYSTEM_USER }) },
    logs: folders.logs,
  });
  await Promise.race([createDatabases(port, databasePassword(folders)), child.failure()]);
  return child;
}

async function initialise({ folder, initdb, user }: PostgresPlace, data: string, password: string): Promise<void> {
  // Half a database that an interruption left is not taken for a whole one.
  const fresh = `${data}.new`;
  for (const leftover of [data, fresh]) rmSync(leftover, { recursive: true, force: true });
  const passwordFile = join(folder, 'superuser-password');
  writeWhole(passwordFile, password);
  if (user) chownSync(passwordFile, user.uid, user.gid);
  const options = ['--pgdata', fresh, '--username', SUPERUSER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'];
  await promisify(execFile)(initdb, [...options, '--encoding', 'UTF8', '--locale', 'C', '--no-sync'], { ...user, cwd: '/' });
  rmSync(passwordFile);
  renameSync(fresh, data);
}

/** Waits for the server, then makes role and database if they are not there. */
async function createDatabases(port: number, password: string): Promise<void> {
  const client = await connect(port, password);
  try {
    for (const [name, rights] of Object.entries(DATABASES)) await createDatabase(client, name, rights, password);
  } finally {
    await client.end();
  }
}

async function createDatabase(client: Client, name: string, rights: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [name]);
  if (rowCount === 0) await client.query(`create role ${name} ${rights} password ${client.escapeLiteral(password)}`);
  const found = await client.query('select from pg_database where datname = $1', [name]);
  if (found.rowCount === 0) await client.query(`create database ${name} owner ${name}`);
  // A row that breaks a constraint would be in the log, with the customer's name.
  await client.query(`alter database ${name} set log_error_verbosity = 'terse'`);
}

async function connect(port: number, password: string): Promise<Client> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    const client = new Client({ host: '127.0.0.1', port, user: SUPERUSER, password, database: 'postgres' });
    try {
      await client.connect();
      return client;
    } catch (error) {
      await client.end().catch(() => undefined);
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}
