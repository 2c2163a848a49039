import { readFileSync, readdirSync } from 'node:fs';
import { runInNewContext } from 'node:vm';
import { transformSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import * as errors from '../../contracts/errors';

const { AssayError, TransientError, TerminalError, TRANSIENT_ERROR_NAMES, TERMINAL_ERROR_NAMES } = errors;
const ABSTRACT: readonly unknown[] = [AssayError, TransientError, TerminalError];

type ErrorClass = new (message: string, options?: ErrorOptions) => errors.AssayError;
const isError = (value: unknown): value is ErrorClass =>
  typeof value === 'function' && value.prototype instanceof AssayError && !ABSTRACT.includes(value);
const classes = Object.entries(errors).flatMap(([name, value]) => (isError(value) ? [{ name, Error: value }] : []));

describe('an error', () => {
  it.each(classes)('$name carries its own name, message and cause', ({ name, Error: ErrorOf }) => {
    const cause = new Error('why');
    const error = new ErrorOf('what happened', { cause });
    expect([error.name, error.message, error.cause, String(error)]).toEqual([
      name,
      'what happened',
      cause,
      `${name}: what happened`,
    ]);
  });

  it('is either transient or terminal, and listed as such', () => {
    const namesOf = (kind: string) =>
      classes.filter(({ Error: ErrorOf }) => new ErrorOf('').kind === kind).map(({ name }) => name);
    expect([...TRANSIENT_ERROR_NAMES].sort()).toEqual(namesOf('transient').sort());
    expect([...TERMINAL_ERROR_NAMES].sort()).toEqual(namesOf('terminal').sort());
    expect(TRANSIENT_ERROR_NAMES).toContain('GlueJobInterrupted');
    expect(TERMINAL_ERROR_NAMES).toContain('ETLJobFailed');
  });

  it('keeps its name when a bundle is minified as those of the Lambdas are', () => {
    const source = readFileSync(new URL('../../contracts/errors.ts', import.meta.url), 'utf8');
    const options = { loader: 'ts', format: 'cjs', minify: true } as const;
    const nameIn = (keepNames: boolean) => {
      const module = { exports: {} as typeof errors };
      runInNewContext(transformSync(source, { ...options, keepNames }).code, { module });
      return [new module.exports.EmptyFile('').name, module.exports.TRANSIENT_ERROR_NAMES[0]];
    };
    expect(nameIn(true)).toEqual(['EmptyFile', 'GlueJobInterrupted']);
    expect(nameIn(false)).not.toEqual(['EmptyFile', 'GlueJobInterrupted']);
  });
});

describe('an error of the Glue scripts', () => {
  const folder = new URL('../../glue-scripts/', import.meta.url);
  const scripts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.py'))
    .map((name) => readFileSync(new URL(name, folder), 'utf8'))
    .join('\n');
  const namesAfter = (callee: string) =>
    [...scripts.matchAll(new RegExp(`\\b${callee}\\(\\s*"(\\w+)"`, 'g'))].map(([, name]) => name);

  it('that is transient is known by that name and kind here', () => {
    expect(namesAfter('TransientError')).toContain('PublishContended');
    expect(TRANSIENT_ERROR_NAMES).toEqual(expect.arrayContaining(namesAfter('TransientError')));
  });

  it('that is terminal is known by that name and kind here', () => {
    const names = [...namesAfter('TerminalError'), ...namesAfter('UnreadableFileError')];
    expect(names).toEqual(expect.arrayContaining(['RowsDoNotBalance', 'UnclosedQuote']));
    expect(TERMINAL_ERROR_NAMES).toEqual(expect.arrayContaining(names));
  });
});
