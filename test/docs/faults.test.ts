import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const DOCUMENT = readFileSync(`${ROOT}/docs/faults.md`, 'utf8');

/** Every test that the table names, as "path › name". */
const NAMED = [...DOCUMENT.matchAll(/`(test\/[^`]*?) › ([^`]+)`/g)].map(([, path = '', name = '']) => ({ path, name }));

/** Names as they stand in the source, where a quote may be escaped. */
function hasTest(path: string, name: string): boolean {
  const source = readFileSync(`${ROOT}/${path}`, 'utf8').replaceAll("\\'", "'");
  return path.endsWith('.py')
    ? source.includes(`def ${name}(`)
    : [`'${name}'`, `"${name}"`].some((text) => source.includes(text));
}

describe('docs/faults.md', () => {
  it('names tests', () => {
    expect(NAMED.length).toBeGreaterThan(50);
  });

  it.each(NAMED)('$path › $name', ({ path, name }) => {
    expect(hasTest(path, name)).toBe(true);
  });

  it('names one test at least in each line', () => {
    const lines = DOCUMENT.split('\n').filter((line) => /^\| (\d+|–) \|/.test(line));
    expect(lines.filter((line) => !line.includes(' › '))).toEqual([]);
  });
});
