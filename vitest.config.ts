import { availableParallelism } from 'node:os';
import { defineConfig, type TestUserConfig } from 'vitest/config';

/** Lambdas import SQL files as text, as esbuild's text loader gives it to them. */
const sqlAsText = {
  name: 'sql-as-text',
  transform(code: string, id: string) {
    return id.endsWith('.sql') ? `export default ${JSON.stringify(code)}` : undefined;
  },
};

/** JUnit beside the usual output where `.ci/run` asks for it. */
export function reporters(name: string): Pick<TestUserConfig, 'reporters' | 'outputFile'> {
  const folder = process.env['TEST_REPORTS'];
  if (folder === undefined) return {};
  return { reporters: ['default', 'junit'], outputFile: { junit: `${folder}/${name}.xml` } };
}

/** Tests against a running AWS emulator and a running PostgreSQL, both started once. */
const WITH_SERVICES = ['test/lambdas/**/*.test.ts', 'test/sql/rds/**/*.test.ts'];

const TEMPLATES = ['test/lib/**/*.test.ts', 'test/bin/app.test.ts'];

export default defineConfig({
  plugins: [sqlAsText],
  test: {
    ...reporters('vitest'),
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // One more than by default on two cores: much of the time goes to waiting for other processes.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.ts'],
          exclude: [...WITH_SERVICES, ...TEMPLATES, 'test/acceptance/**', 'test/drills/**'],
        },
      },
      {
        extends: true,
        test: {
          name: 'templates',
          include: TEMPLATES,
          // Synthesizing takes seconds; in one process the functions are bundled once.
          isolate: false,
          maxWorkers: 1,
          // Projects with different numbers of workers run one after the other.
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'services',
          include: WITH_SERVICES,
          globalSetup: 'test/lambdas/support/services.ts',
          setupFiles: 'test/lambdas/support/environment.ts',
        },
      },
    ],
  },
});
