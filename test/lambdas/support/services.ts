import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';

/** Where the emulator and the database of this test run are. */
export interface Services {
  readonly endpoint: string;
  readonly postgres: {
    readonly host: string;
    readonly port: number;
    readonly username: string;
    readonly password: string;
  };
}

declare module 'vitest' {
  interface ProvidedContext {
    services: Services;
  }
}

/** Starts an AWS emulator and a PostgreSQL server for all tests of the Lambdas, and ends them afterwards. */
export default async function startServices(project: TestProject): Promise<() => Promise<void>> {
  const host = fork(join(import.meta.dirname, 'service-host.ts'), { execArgv: ['--import', 'tsx'] });
  const died = once(host, 'exit').then(([code]) => {
    throw new Error(`the services ended with exit code ${String(code)} as they started`);
  });
  const [services] = (await Promise.race([once(host, 'message'), died])) as [Services];
  died.catch(() => undefined);
  project.provide('services', services);
  return async () => {
    const ended = once(host, 'exit');
    host.disconnect();
    await ended;
  };
}
