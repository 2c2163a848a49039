import { describe, expect, test } from 'vitest';
import { runUuid } from '../../../lambdas/lineage/run-uuid';

const RUN = 'f'.repeat(64);

describe('runUuid', () => {
  // The same two are in test_lineage_event.py: Lambdas and jobs must agree on them.
  test.each([
    [undefined, 'e370ffc2-fbeb-5f31-85ac-ec7f79abeb30'],
    ['silver-to-gold', 'a47ad0e6-4d24-55f6-9e78-8279298fb888'],
  ])('of step %s is the UUID that the jobs give it', (step, uuid) => {
    expect(runUuid(RUN, step)).toBe(uuid);
  });
});
