import { beforeAll, describe, expect, test } from 'vitest';
import { TurnTaken } from '../../../contracts/errors';
import { endTurn, takeTurn } from '../../../lambdas/ledger/turn';
import { changeItem, createLedger } from '../support/aws';

beforeAll(async () => {
  await createLedger();
});

const past = '2020-01-01T00:00:00.000Z';
const soon = () => new Date(Date.now() + 60_000).toISOString();

describe('a turn', () => {
  test('is one holder’s until it is given back, and may be taken again by that one', async () => {
    expect(await takeTurn('a', 'one', soon())).toBe(true);
    expect(await takeTurn('a', 'one', soon())).toBe(true);
    await expect(takeTurn('a', 'other', soon())).rejects.toThrow(TurnTaken);
    await endTurn('a', 'other', true);
    await expect(takeTurn('a', 'other', soon())).rejects.toThrow(/one has been at it since/);
    await endTurn('a', 'one', true);
    expect(await takeTurn('a', 'other', soon())).toBe(true);
  });

  test('is not needed by whoever is covered by one that began later and was done', async () => {
    await takeTurn('b', 'one', past);
    await endTurn('b', 'one', true);
    expect(await takeTurn('b', 'other', past)).toBe(false);
    expect(await takeTurn('b', 'other', soon())).toBe(true);
  });

  test('that failed covers nobody', async () => {
    await takeTurn('c', 'one', past);
    await endTurn('c', 'one', false);
    expect(await takeTurn('c', 'other', past)).toBe(true);
  });

  test('whose holder has died is anybody’s after its lease', async () => {
    await takeTurn('d', 'dead', past);
    await changeItem('turn#d', { leaseUntil: Math.floor(Date.now() / 1000) - 1 });
    expect(await takeTurn('d', 'other', soon())).toBe(true);
    await endTurn('d', 'dead', true);
    await expect(takeTurn('d', 'dead', soon())).rejects.toThrow(TurnTaken);
  });

  test('has one winner of ten at once', async () => {
    const all = Array.from({ length: 10 }, (_, index) => takeTurn('e', `holder ${index}`, soon()));
    const won = (await Promise.allSettled(all)).filter(({ status }) => status === 'fulfilled');
    expect(won).toHaveLength(1);
  });
});
