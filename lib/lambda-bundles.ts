import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { buildSync, type OutputFile } from 'esbuild';
import { projectRoot } from './project-root';

const source = join(projectRoot, 'lambdas');
let folder: string | undefined;

/** The folder with the bundled function of that step. The first call bundles all of them, in one run of esbuild. */
export function lambdaBundle(step: string): string {
  folder ??= bundleAll();
  return join(folder, step);
}

/** The steps that have a function: each folder of lambdas/ with an index.ts; the other folders are what they share. */
export function lambdaSteps(): string[] {
  return readdirSync(source)
    .filter((name) => existsSync(join(source, name, 'index.ts')))
    .sort();
}

function bundleAll(): string {
  const destination = mkdtempSync(join(tmpdir(), 'assay-lambdas-'));
  process.once('exit', () => rmSync(destination, { recursive: true, force: true }));
  const { outputFiles } = buildSync({
    absWorkingDir: projectRoot,
    entryPoints: Object.fromEntries(lambdaSteps().map((step) => [`${step}/index`, join(source, step, 'index.ts')])),
    outdir: destination,
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    minify: true,
    // An error's name is what the state machine chooses by: minifying must not shorten it.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    loader: { '.sql': 'text' },
    mainFields: ['module', 'main'],
    // Native PostgreSQL bindings that pg asks for and lives without.
    external: ['pg-native', 'cloudflare:sockets'],
    logLevel: 'warning',
  });
  for (const file of outputFiles) write(file, destination);
  return destination;
}

/** Writes a bundle; its source map first forgets where this clone is, or the same code would differ between machines. */
function write(file: OutputFile, destination: string): void {
  mkdirSync(dirname(file.path), { recursive: true });
  writeFileSync(file.path, file.path.endsWith('.map') ? withoutPlace(file, destination) : file.contents);
}

function withoutPlace(file: OutputFile, destination: string): string {
  const map = JSON.parse(file.text) as { sources: string[] };
  const sources = map.sources.map((path) => relative(projectRoot, resolve(destination, dirname(file.path), path)));
  return JSON.stringify({ ...map, sources });
}
