import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BEFORE } from '../../../cli/commands/demo';

it('announces the times that the README tells', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const times = (text: string) => text.match(/some (three minutes|twenty seconds)/g);
  expect(times(BEFORE)).toEqual(['some three minutes', 'some twenty seconds']);
  expect(times(readme)).toEqual(times(BEFORE));
});
