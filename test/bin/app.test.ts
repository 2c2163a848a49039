import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { projectRoot } from '../../lib/project-root';
import { type StageName, stages } from '../../lib/stages';

const folder = mkdtempSync(join(tmpdir(), 'assay app '));
afterAll(() => rmSync(folder, { recursive: true }));

interface Synthesized {
  readonly status: number | null;
  readonly output: string;
  readonly outdir: string;
}

const done = new Map<StageName, Synthesized>();

/** A stage, once. */
function synthesized(stage: StageName): Synthesized {
  const found = done.get(stage) ?? synthesize({ stage });
  done.set(stage, found);
  return found;
}

/** Runs the app as the command line does, on a machine that knows nothing of AWS. */
function synthesize(context: Record<string, unknown>): Synthesized {
  const outdir = mkdtempSync(join(folder, 'out-'));
  const { context: flags } = JSON.parse(readFileSync(join(projectRoot, 'cdk.json'), 'utf8')) as { context: object };
  const environment = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_/.test(name));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'bin/app.ts'], {
    cwd: projectRoot,
    encoding: 'utf8',
    env: {
      ...Object.fromEntries(environment),
      HOME: folder,
      CDK_OUTDIR: outdir,
      CDK_CONTEXT_JSON: JSON.stringify({ ...flags, ...context }),
    },
  });
  return { status, output: stdout + stderr, outdir };
}

// Seven machines under the whole of cdk-nag, in a process of its own.
const SYNTHESIS_MS = 180_000;

describe('the app', { timeout: SYNTHESIS_MS }, () => {
  it.each(Object.keys(stages) as StageName[])('synthesizes %s without credentials, region or look-ups', (stage) => {
    const { status, output, outdir } = synthesized(stage);
    expect(output).not.toMatch(/error/i);
    expect(status).toBe(0);
    const templates = readdirSync(outdir).filter((name) => name.endsWith('.template.json'));
    expect(templates.sort()).toEqual(
      ['database', 'lake', 'network', 'pipelines', 'snowflake', 'warehouse'].map(
        (stack) => `assay-${stage}-${stack}.template.json`,
      ),
    );
    const manifest = JSON.parse(readFileSync(join(outdir, 'manifest.json'), 'utf8')) as Manifest;
    expect(manifest.missing).toBeUndefined();
    const environments = Object.values(manifest.artifacts).flatMap((artifact) => artifact.environment ?? []);
    expect(new Set(environments)).toEqual(new Set(['aws://unknown-account/unknown-region']));
  });

  it('gives the Glue jobs the package that they share, and nothing beside it', () => {
    const { outdir } = synthesized('dev');
    const packages = readdirSync(outdir)
      .filter((name) => existsSync(join(outdir, name, 'assay_glue')))
      .map((name) => readdirSync(join(outdir, name), { recursive: true, encoding: 'utf8' }));
    const modules = readdirSync(join(projectRoot, 'glue-scripts', 'assay_glue')).filter((name) => name.endsWith('.py'));
    expect(modules).toContain('job.py');
    expect(packages.map((files) => files.sort())).toEqual([
      ['assay_glue', ...modules.map((name) => `assay_glue/${name}`)].sort(),
    ]);
  });

  it('asks for a stage in one line', () => {
    const { status, output } = synthesize({});
    expect(status).toBe(1);
    expect(output.trim()).toBe('no stage given: say -c stage=NAME, NAME one of local, dev, staging, prod');
  });
});

interface Manifest {
  readonly missing?: unknown;
  readonly artifacts: Readonly<Record<string, { readonly environment?: string }>>;
}
