import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { diffContracts, diffText } from '../../cli/contract/diff';
import { ourConsumers } from '../../cli/contract/read-contracts';
import { parseContract } from '../../contracts/contract';
import { changed } from '../contracts/purchases';

const GUIDE = readFileSync('docs/contracts.md', 'utf8');
const PURCHASES = readFileSync('contracts/purchases.odcs.yaml', 'utf8');
const blocks = [...GUIDE.matchAll(/^```([a-z ]+)\n([^]*?)^```$/gm)].map(([, kind = '', text = '']) => ({ kind, text }));
const RETURNS = blocks[0]?.text ?? '';

/** The text after the changes of a diff: the lines of before stand in it together. */
function patched(text: string, diff: string): string {
  const lines = diff.trimEnd().split('\n');
  const side = (mark: string) =>
    lines.filter((line) => line.startsWith(mark) || line.startsWith(' ')).map((line) => line.slice(1));
  return changed(side('-').join('\n'), side('+').join('\n'), text);
}

/** Each answer with the diffs that stand before it. */
const examples = blocks.flatMap(({ kind, text }, index) => {
  if (kind !== 'text') return [];
  const start = blocks.slice(0, index).findLastIndex((block) => !block.kind.startsWith('diff')) + 1;
  return [{ number: index, answer: text.trimEnd(), diffs: blocks.slice(start, index) }];
});

it('has a contract that can be used', () => {
  expect(blocks[0]?.kind).toBe('yaml');
  expect(parseContract(RETURNS, 'returns.odcs.yaml').dataset).toBe('returns');
  expect(examples).toHaveLength(3);
});

it.each(examples)('shows what diff answers in block $number', ({ answer, diffs }) => {
  const before = diffs.some(({ kind }) => kind === 'diff purchases') ? PURCHASES : RETURNS;
  const after = diffs.reduce((text, diff) => patched(text, diff.text), before);
  const file = join(mkdtempSync(join(tmpdir(), 'assay guide ')), 'new.yaml');
  writeFileSync(file, after);
  const found = diffContracts(parseContract(before, 'old'), parseContract(after, 'new'), ourConsumers(file));
  expect(diffText(found)).toBe(answer);
});
