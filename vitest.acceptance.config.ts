import { defineConfig } from 'vitest/config';
import { reporters } from './vitest.config.ts';

/** The whole product on a laptop of its own, through the command line; one file after the other, since they share it. */
export default defineConfig({
  test: {
    include: ['test/acceptance/**/*.test.ts'],
    // Real files that only some machines have.
    exclude: process.env['ASSAY_CHINOOK'] ? [] : ['test/acceptance/chinook.test.ts'],
    env: { ASSAY_LAPTOP: 'acceptance' },
    testTimeout: 180_000,
    hookTimeout: 600_000,
    fileParallelism: false,
    ...reporters('acceptance'),
  },
});
