import { expect, it } from 'vitest';
import { requestedRunIdOf } from '../../../cli/requests/request';
import { requestedRunIdOf as idGivenByReceiveFile } from '../../../lambdas/ledger/items';

it('is the id that receive-file gives', () => {
  const asked = ['ab'.repeat(32), '0b5c8a1e-5a4f-4c58-9d3b-0d7a1a7d0c11'] as const;
  expect(requestedRunIdOf(...asked)).toBe(idGivenByReceiveFile(...asked));
  expect(requestedRunIdOf(asked[0], 'another')).not.toBe(requestedRunIdOf(...asked));
});
