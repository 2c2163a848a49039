import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Page } from '../../../lambdas/extract-concessions/page';
import { Reading } from '../../../lambdas/extract-concessions/reading';

/** A source that pages by number, whose records change between any two requests. */
interface Change {
  readonly kind: 'update' | 'add' | 'remove';
  readonly place: number;
}

const page = (ids: readonly number[], number: number, total: number): Page => ({
  records: ids.map((id) => ({ id: String(id), changedAt: '2026-01-01T00:00:00.000Z' })),
  nextCursor: null,
  page: number,
  total,
  digest: `${number}`,
});

function changed(held: readonly number[], { kind, place }: Change, next: number): number[] {
  const at = held.length === 0 ? 0 : place % held.length;
  if (kind === 'add' || held.length === 0) return [...held, next];
  const rest = held.filter((_, index) => index !== at);
  return kind === 'remove' ? rest : [...rest, held[at] ?? next];
}

const changes = fc.array(
  fc.record({ kind: fc.constantFrom('update', 'add', 'remove'), place: fc.nat() }, { requiredKeys: ['kind', 'place'] }),
  { maxLength: 6 },
);

it('by number, a reading that fits together has every record that was there all along', () => {
  const oneChangeAfterEach = fc.tuple(fc.integer({ min: 0, max: 12 }), fc.integer({ min: 1, max: 4 }), changes);
  fc.assert(
    fc.property(oneChangeAfterEach, ([count, size, after]) => {
      let held = Array.from({ length: count }, (_, index) => index);
      const always = new Set(held);
      const seen = new Set<number>();
      const reading = new Reading('page');
      for (let number = 1; ; number += 1) {
        const ids = held.slice((number - 1) * size, number * size);
        const answer = page(ids, number, held.length);
        reading.add({ page: number }, answer);
        for (const id of ids) seen.add(id);
        const next = reading.next({ page: number }, answer);
        if (next.kind === 'again') return;
        if (next.kind === 'done') break;
        const change = after[number - 1];
        if (change !== undefined) held = changed(held, change, 100 + number);
        for (const id of [...always]) if (!held.includes(id)) always.delete(id);
      }
      expect([...always].filter((id) => !seen.has(id))).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

it('a page that is another one’s is told by its number, its records or its cursor', () => {
  const reading = new Reading('cursor');
  const first = { ...page([1], 1, 3), page: undefined, nextCursor: 'b' };
  reading.add({ cursor: null }, first);
  reading.add({ cursor: 'b' }, { ...page([2], 2, 3), page: undefined, nextCursor: 'c' });
  const ask = { cursor: 'c' };
  expect(reading.repetition(ask, first)).toBe('its records are those of a page before');
  expect(reading.repetition(ask, { ...page([3], 3, 3), nextCursor: 'b' })).toBe(
    'its next cursor is one that was followed before',
  );
  expect(reading.repetition(ask, { ...page([3], 3, 3), nextCursor: 'c' })).toBe(
    'its next cursor is one that was followed before',
  );
  expect(reading.repetition(ask, { ...page([3], 3, 3), nextCursor: 'd' })).toBeUndefined();
  expect(new Reading('page').repetition({ page: 2 }, page([1], 1, 3))).toBe('it is page 1');
});
