import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const Notebook = z.object({
  cells: z.array(
    z.object({
      cell_type: z.string(),
      outputs: z.array(z.unknown()).default([]),
      execution_count: z.number().nullish(),
      metadata: z.object({ tags: z.array(z.string()).default([]) }),
    }),
  ),
});
type Notebook = z.infer<typeof Notebook>;

const PATHS = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard', '*.ipynb'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '');

/** Cells, counted from 1, that keep what an execution left: values of somebody's data, maybe. */
function executed({ cells }: Notebook): number[] {
  return cells.flatMap(({ outputs, execution_count: count }, at) =>
    outputs.length > 0 || (count ?? null) !== null ? [at + 1] : [],
  );
}

describe('notebooks in git', () => {
  it('are some', () => {
    expect(PATHS).toContain('notebooks/data_quality.ipynb');
  });

  it.each(PATHS)('%s has no output and one cell of parameters', (path) => {
    const notebook = Notebook.parse(JSON.parse(readFileSync(`${ROOT}/${path}`, 'utf8')));
    expect(executed(notebook), 'clear all outputs before committing').toEqual([]);
    expect(notebook.cells.filter(({ metadata }) => metadata.tags.includes('parameters'))).toHaveLength(1);
  });

  it.each([{ outputs: [{ output_type: 'stream' }] }, { execution_count: 3 }])('would be refused with %j', (left) => {
    const cells = [
      { cell_type: 'markdown', metadata: {} },
      { cell_type: 'code', metadata: {}, ...left },
    ];
    expect(executed(Notebook.parse({ cells }))).toEqual([2]);
  });
});
