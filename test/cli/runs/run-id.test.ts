import { expect, it } from 'vitest';
import { runIdOf } from '../../../cli/runs/run-id';
import { runIdOf as idGivenByReceiveFile } from '../../../lambdas/ledger/items';

it('is the id that receive-file gives', () => {
  const version = ['inbox', 'a b/ü+%20.csv', 'v1'] as const;
  expect(runIdOf(...version)).toBe(idGivenByReceiveFile(...version));
});
