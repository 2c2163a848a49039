import { expect, test } from 'vitest';
import { whereabouts } from '../../../lambdas/message/whereabouts';

test.each([
  ['VersionGone', 'load', 'This version of the file is no longer there; drop the file again.'],
  ['MissingColumn', 'load', 'The file stays in the inbox; once the cause is mended, drop it again under the same name.'],
  ['MissingColumn', 'supersede', 'The file stays in the inbox; once the cause is mended, drop it again under the same name.'],
  ['QueryFailed', 'replay', 'The tables and the archive are as before; once the cause is mended, replay it again.'],
  ['UnknownRow', 'release', 'The rows stay in quarantine; once the cause is mended, release them again.'],
] as const)('after %s of a %s', (name, outcome, expected) => {
  expect(whereabouts({ name, cause: '', step: 'ValidateFile' }, { outcome })).toBe(expected);
});
