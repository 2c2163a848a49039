import { mkdtempSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { main } from '../../../cli/main';
import { Manifest } from '../../../cli/generate/output/manifest';

async function assay(...words: string[]): Promise<{ code: number; results: string[]; said: string[] }> {
  const [results, said]: [string[], string[]] = [[], []];
  // Commander writes what is wrong with the usage itself.
  const written = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
  const output = { result: (text: string) => results.push(text), progress: (line: string) => said.push(line), isLive: false };
  try {
    return { code: await main(['generate', ...words], output), results, said };
  } finally {
    written.mockRestore();
  }
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'assay generate '));

it('writes the files, says each on its line, and prints one JSON document', async () => {
  const out = join(newFolder(), 'not yet there', 'data');
  const { code, results, said } = await assay('--scale', '0.02', '--batches', '2', '--out', out, '--json');
  expect([code, results.length, said.length]).toEqual([0, 1, 12]);
  const manifest = Manifest.parse(JSON.parse(results[0] ?? ''));
  expect(readdirSync(out).sort()).toEqual([...manifest.files.map(({ name }) => name), 'manifest.json', 'truth.jsonl'].sort());
});

it('tells people how much of what there is', async () => {
  const out = newFolder();
  const { results } = await assay('--scale', '0.02', '--out', out, '--web-events', '77');
  expect(results.join()).toMatch(/web_events +3 +77 /);
  expect(results.join()).toContain(`written to ${out}`);
});

it.each([
  [['--scale', '1'], /required option '--out <folder>' not specified/],
  [['--scale', 'huge'], /--scale huge: expected small, medium, large or a factor/],
  [['--customers', '0'], /expected a whole number from 1/],
  [['--products', '1000000'], /expected a whole number from 1 to 999,999/],
  [['--format', 'xml'], /Allowed choices are csv, jsonl, parquet, mixed/],
  [['--defects', 'some'], /--defects some: expected a share/],
])('ends with 2 on %j and says what to do', async (words, message) => {
  const out = newFolder();
  const { code, results, said } = await assay(...words, ...(String(message).includes('--out') ? [] : ['--out', out]));
  expect([code, results, readdirSync(out)]).toEqual([2, [], []]);
  expect(said.join('\n')).toMatch(message);
});
