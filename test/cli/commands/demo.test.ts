import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { BEFORE, BEFORE_WAREHOUSE } from '../../../cli/commands/demo';

it('announces the times that the README tells', () => {
  const readme = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');
  const times = (text: string) => text.match(/some (\w+) (minutes|seconds)/g) ?? [];
  expect(times(BEFORE)).toEqual(['some three minutes', 'some twenty seconds']);
  expect(times(BEFORE_WAREHOUSE)).toEqual(['some four minutes']);
  const ofTests = 'some thirty minutes';
  expect(times(readme)).toEqual([...times(BEFORE_WAREHOUSE), ...times(BEFORE), ofTests]);
});
