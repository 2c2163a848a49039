import { expect, test } from 'vitest';
import { parseMessage } from '../../../lambdas/receive-file/message';
import { arrivalOf, messageOf } from '../support/arrivals';

const run = 'a'.repeat(64);
const file = { bucket: 'quarantine', key: 'releases/fixed.csv', versionId: 'v1' };

test('an arrival, as EventBridge sends it and as the sweep does', () => {
  const arrived = { bucket: 'inbox', key: 'a+b%20.csv', versionId: 'v1', size: 3, sha256: '' };
  expect(parseMessage(arrivalOf(arrived, { time: '2025-01-02T03:04:05Z' }))).toEqual({
    kind: 'arrival',
    arrival: {
      bucket: 'inbox',
      key: 'a+b%20.csv',
      versionId: 'v1',
      size: 3,
      eventId: expect.any(String) as string,
      time: '2025-01-02T03:04:05Z',
    },
  });
});

test('a replay and a release that an operator asks for', () => {
  expect(parseMessage(messageOf('Replay Requested', { run }, 'r1'))).toEqual({
    kind: 'request',
    request: { 'detail-type': 'Replay Requested', id: 'r1', detail: { run } },
  });
  expect(parseMessage(messageOf('Release Requested', { run, file }, 'r2'))).toEqual({
    kind: 'request',
    request: { 'detail-type': 'Release Requested', id: 'r2', detail: { run, file } },
  });
});

test('a run that was left behind', () => {
  expect(parseMessage(messageOf('Run Left Behind', { run }))).toEqual({ kind: 'left behind', run });
});

test.each([
  ['a run id that is none', messageOf('Replay Requested', { run: 'abc' })],
  ['a release without its file', messageOf('Release Requested', { run })],
  ['a request without an id', messageOf('Replay Requested', { run }, '')],
  ['a left run without its id', messageOf('Run Left Behind', {})],
  ['an unknown word', messageOf('Delete Requested', { run })],
  ['no JSON', { ...messageOf('', {}), body: 'hello' }],
])('%s is refused', (_, record) => {
  expect(() => parseMessage(record)).toThrow();
});
