import { defineConfig } from 'vitest/config';
import { DrillOrder } from './test/drills/support/drill-order.ts';
import { reporters } from './vitest.config.ts';

// The laptop of the drills, for the process that starts it and, by `env`, for those that use it.
const ASSAY_LAPTOP = 'drills';
process.env['ASSAY_LAPTOP'] = ASSAY_LAPTOP;

/** Real faults on one real laptop; one drill after the other, the scan of all that they left behind last. */
export default defineConfig({
  test: {
    include: ['test/drills/**/*.test.ts'],
    globalSetup: 'test/drills/support/start.ts',
    env: { ASSAY_LAPTOP },
    testTimeout: 400_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    sequence: { sequencer: DrillOrder },
    ...reporters('drills'),
  },
});
