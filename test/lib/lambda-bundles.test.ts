import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { bundleLambdas, lambdaBundle, lambdaSteps } from '../../lib/lambda-bundles';
import { projectRoot } from '../../lib/project-root';

const elsewhere = mkdtempSync(join(tmpdir(), 'assay clone with spaces '));
afterAll(() => rmSync(elsewhere, { recursive: true }));

const steps = lambdaSteps(projectRoot);

function bundle(folder: string, step: string): { code: string; map: { sources: string[] } } {
  const read = (name: string): string => readFileSync(join(folder, step, name), 'utf8');
  return { code: read('index.js'), map: JSON.parse(read('index.js.map')) as { sources: string[] } };
}

describe('lambda bundles', () => {
  it('cover every step of design', () => {
    const files = ['archive-file', 'receive-file', 'report-failure', 'report-success', 'store-bronze', 'validate-file'];
    const databases = ['load-redshift', 'migrate-rds', 'migrate-redshift', 'query-rds', 'upsert-rds'];
    const refresh = ['analyze-tables', 'refresh-models', 'report-refresh-failure'];
    const snowflake = ['begin-dbt', 'end-dbt', 'load-snowflake', 'publish-snowflake', 'query-snowflake'];
    const transactions = ['archive-transactions', 'generate-transactions', 'report-job'];
    const concessions = ['extract-concessions', 'end-extract'];
    const loads = [...databases, ...refresh, ...snowflake];
    expect(steps).toEqual([...files, ...transactions, ...concessions, ...loads, 'sweep-inbox'].sort());
  });

  it('are made once in a process', () => {
    expect(join(lambdaBundle('receive-file'), '..')).toBe(join(lambdaBundle('upsert-rds'), '..'));
  });

  it('are the same from a clone elsewhere, whose path has spaces', () => {
    for (const name of ['lambdas', 'contracts', 'sql', 'tsconfig.json', 'package.json'])
      cpSync(join(projectRoot, name), join(elsewhere, name), { recursive: true });
    symlinkSync(join(projectRoot, 'node_modules'), join(elsewhere, 'node_modules'));
    const [here, there] = [bundleLambdas(projectRoot), bundleLambdas(elsewhere)];
    for (const step of steps)
      expect(JSON.stringify(bundle(there, step)) === JSON.stringify(bundle(here, step)), step).toBe(true);
  });

  it.each(steps)('name the sources of %s from the root of the project, whatever machine it is', (step) => {
    const { map } = bundle(join(lambdaBundle(step), '..'), step);
    expect(map.sources).toContain(`lambdas/${step}/index.ts`);
    expect(map.sources.filter((path) => path.startsWith('/') || path.startsWith('..'))).toEqual([]);
  });

  it.each(steps)('carry all that %s needs, and export a handler', (step) => {
    const folder = lambdaBundle(step);
    expect(readdirSync(folder).sort()).toEqual(['index.js', 'index.js.map']);
    const loaded = createRequire(join(folder, 'index.js'))('./index.js') as { handler: unknown };
    expect(loaded.handler).toBeTypeOf('function');
  });

  it('keep the names of errors, which the state machine chooses by', () => {
    expect(bundle(join(lambdaBundle('upsert-rds'), '..'), 'upsert-rds').code).toContain('"DatabaseUnavailable"');
  });
});
