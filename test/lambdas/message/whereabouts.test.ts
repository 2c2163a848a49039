import { expect, test } from 'vitest';
import { whereabouts } from '../../../lambdas/message/whereabouts';

test.each([
  ['VersionGone', 'The inbox no longer has this version; drop the file again.'],
  ['MissingColumn', 'The file stays in the inbox; once the cause is mended, drop it again under the same name.'],
])('after %s', (name, expected) => {
  expect(whereabouts({ name, cause: '', step: 'ValidateFile' })).toBe(expected);
});
