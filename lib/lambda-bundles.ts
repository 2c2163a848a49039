import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, resolve } from 'node:path';
import { buildSync, type OutputFile } from 'esbuild';
import { projectRoot } from './project-root';

let folder: string | undefined;

/** The folder with the bundled function of that step. The first call bundles all of them, in one run of esbuild. */
export function lambdaBundle(step: string): string {
  folder ??= bundleLambdas(projectRoot);
  return join(folder, step);
}

/** The steps that have a function: each folder of lambdas/ with an index.ts; the other folders are what they share. */
export function lambdaSteps(root: string): string[] {
  const lambdas = join(root, 'lambdas');
  return readdirSync(lambdas)
    .filter((name) => existsSync(join(lambdas, name, 'index.ts')))
    .sort();
}

/** Bundles the functions of the project at `root`, each to `<step>/index.js`, and says where: a folder for this process. */
export function bundleLambdas(root: string): string {
  const destination = mkdtempSync(join(tmpdir(), 'assay-lambdas-'));
  process.once('exit', () => rmSync(destination, { recursive: true, force: true }));
  const { outputFiles } = buildSync({
    absWorkingDir: root,
    entryPoints: Object.fromEntries(lambdaSteps(root).map((step) => [`${step}/index`, `./lambdas/${step}/index.ts`])),
    outdir: destination,
    write: false,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    minify: true,
    // An error's class name is what the state machine chooses by: minifying must not shorten it.
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    loader: { '.sql': 'text' },
    mainFields: ['module', 'main'],
    // Modules are named by where the project has them, also when that is a link to elsewhere.
    preserveSymlinks: true,
    // Native PostgreSQL bindings that pg asks for and lives without.
    external: ['pg-native', 'cloudflare:sockets'],
    logLevel: 'warning',
  });
  for (const file of outputFiles) write(file, root);
  return destination;
}

/** Writes a bundle; its source map first forgets where this clone is, or the same code would differ between machines. */
function write(file: OutputFile, root: string): void {
  mkdirSync(dirname(file.path), { recursive: true });
  writeFileSync(file.path, file.path.endsWith('.map') ? fromRoot(file, root) : file.contents);
}

function fromRoot(file: OutputFile, root: string): string {
  const map = JSON.parse(file.text) as { sources: string[] };
  const sources = map.sources.map((path) => relative(root, resolve(dirname(file.path), path)));
  return JSON.stringify({ ...map, sources });
}
