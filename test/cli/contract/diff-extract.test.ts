import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { parseContract } from '../../../contracts/contract';
import { diffContracts } from '../../../cli/contract/diff';
import { ourConsumers } from '../../../cli/contract/read-contracts';

const RECORDS = 'contracts/concessions.odcs.yaml';
const LINES = 'contracts/concession_lines.odcs.yaml';

/** What replacing a part of one of our contracts changes. */
function changes(path: string, from: string, to: string): string[] {
  const text = readFileSync(path, 'utf8');
  if (!text.includes(from)) throw new Error(`${path} has no ${from}`);
  const [older, newer] = [text, text.replace(from, to)].map((each) => parseContract(each, path));
  if (!older || !newer) throw new Error('two contracts');
  return diffContracts(older, newer, ourConsumers(path)).changes.map(
    ({ effect, subject, message }) => `${effect} ${subject} ${message.split(':')[0] ?? ''}`,
  );
}

it.each([
  [
    LINES,
    'value: lines[].line_id',
    'value: lines[].number',
    'breaking concession_lines.line_id path lines[].line_id → lines[].number',
  ],
  [LINES, 'source: concessions', 'source: rebates', 'breaking extract.source concessions → rebates'],
  [LINES, 'unknownKeys: ignored', 'unknownKeys: refused', 'stricter extract.unknownKeys ignored → refused'],
  [RECORDS, 'changedAt: updated_at', 'changedAt: changed.at', 'breaking extract.changedAt updated_at → changed.at'],
])('%s: %s → %s', (path, from, to, expected) => {
  expect(changes(path, from, to)).toEqual([expected]);
});

it('rows that are something else, with the paths of their columns', () => {
  const text = readFileSync(LINES, 'utf8');
  const [older, newer] = [text, text.replaceAll('lines[]', 'items[]')].map((each) => parseContract(each, LINES));
  if (!older || !newer) throw new Error('two contracts');
  const { changes: all } = diffContracts(older, newer, ourConsumers(LINES));
  expect(all.map(({ subject }) => subject)).toEqual(
    expect.arrayContaining(['extract.rows', 'concession_lines.line_id', 'concession_lines.sku']),
  );
});

it('a dataset whose files no extract makes any more, without a word on every path', () => {
  const text = readFileSync(LINES, 'utf8');
  const alone = text
    .replaceAll(/ {8}customProperties:\n {10}- property: path\n {12}value: .*\n/g, '')
    .replace(/ {2}- property: extract\n(?: {4}.*\n)+/, '');
  const { changes: all } = diffContracts(parseContract(text, LINES), parseContract(alone, LINES), ourConsumers(LINES));
  expect(all.map(({ effect, subject }) => `${effect} ${subject}`)).toEqual(['breaking extract']);
});
