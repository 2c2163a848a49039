import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FILES = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(`${ROOT}/${path}`));

const lines = (path: string) => readFileSync(`${ROOT}/${path}`, 'utf8').split('\n').length - 1;
const tooLong = (extension: string, most: number) =>
  FILES.filter((path) => path.endsWith(extension) && lines(path) > most).map(
    (path) => `${path}: ${lines(path)} lines, ${most} allowed`,
  );

/** Functions of a Python module with their lengths: a def and all that is indented under it. */
function functionsOf(source: string): { name: string; length: number }[] {
  const all = source.split('\n');
  return all.flatMap((line, start) => {
    const [, indent = '', name] = /^( *)(?:async )?def (\w+)/.exec(line) ?? [];
    if (name === undefined) return [];
    const after = all.findIndex(
      (next, index) => index > start && next.trim() !== '' && !next.startsWith(`${indent} `) && !/^ *\)/.test(next),
    );
    const body = all.slice(start, after === -1 ? undefined : after);
    return [{ name, length: body.join('\n').trimEnd().split('\n').length }];
  });
}

const BARREL = /(^|\/)(?<!^lambdas\/[a-z-]+\/)index\.[jt]s$/;
const SAYS_NOTHING = /(^|\/)(utils?|helpers?)(\/|\.[a-z]+$)|-props\.ts$/;
const isMisnamed = (path: string) => BARREL.test(path) || SAYS_NOTHING.test(path);

describe('budgets', () => {
  it('a Python module has at most 200 lines', () => expect(tooLong('.py', 200)).toEqual([]));
  it('an SQL file has at most 80 lines', () => expect(tooLong('.sql', 80)).toEqual([]));

  it('a Python function has at most 30 lines', () => {
    const long = FILES.filter((path) => path.endsWith('.py') && !path.startsWith('test/')).flatMap((path) =>
      functionsOf(readFileSync(`${ROOT}/${path}`, 'utf8'))
        .filter(({ length }) => length > 30)
        .map(({ name, length }) => `${path}: ${name} has ${length} lines`),
    );
    expect(long).toEqual([]);
  });

  it('no file is called utils or helpers, none holds props alone, and there is no barrel', () => {
    expect(FILES.filter((path) => !path.startsWith('test/') && isMisnamed(path))).toEqual([]);
  });
});

describe('the names of files', () => {
  it.each(['lib/utils/dates.ts', 'lambdas/helpers.ts', 'local/util.py', 'lib/index.ts', 'lib/lake-props.ts', 'local/index.js'])(
    'refuse %s',
    (path) => {
      expect(isMisnamed(path)).toBe(true);
    },
  );
  it.each(['lambdas/receive-file/index.ts', 'lib/stages.ts'])('allow %s', (path) => {
    expect(isMisnamed(path)).toBe(false);
  });
});

describe('the measure of a Python function', () => {
  it('counts its lines up to the next one', () => {
    const source = 'def one(\n    a,\n) -> int:\n    b = a\n\n    return b\n\n\nasync def two() -> None:\n    pass\n';
    expect(functionsOf(source)).toEqual([
      { name: 'one', length: 6 },
      { name: 'two', length: 2 },
    ]);
  });
});
