import { expect, it } from 'vitest';
import { requestedRunIdOf, runIdOf } from '../../contracts/run-id';

/** Ids are kept for good, in ledgers and in tables: they must not change. */
it('of a file version is the SHA-256 of bucket, key and version, each on a line', () => {
  expect(runIdOf('inbox', 'a b/ü+%20.csv', 'v1')).toBe('d6fd1cf0b02c9aad6cd7e445991185d2d3dc0f0d7176731d6f69733798be0861');
});

it('of a request is its own', () => {
  const of = 'ab'.repeat(32);
  expect(requestedRunIdOf(of, '0b5c8a1e-5a4f-4c58-9d3b-0d7a1a7d0c11')).toBe(
    '021a991e2f2a63c36737cce98c22575860bf08c31e00cccee07a9dfcd6a8f38a',
  );
  expect(requestedRunIdOf(of, 'another')).not.toBe(requestedRunIdOf(of, '0b5c8a1e-5a4f-4c58-9d3b-0d7a1a7d0c11'));
});
