import { existsSync, readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { Folders } from '../../local/folders';
import { DrillLaptop } from './support/laptop';
import { FIRST_NAMES, LAST_NAMES, MAIL_DOMAIN } from './support/purchases';
import { deadLetters, executionHistories, found, functionLogs, logFiles, messages } from './support/shown';

/** What nothing but the tables may contain. */
const PERSONAL = [...FIRST_NAMES, ...LAST_NAMES, MAIL_DOMAIN];

describe('names and e-mail addresses of customers', () => {
  let laptop: DrillLaptop;
  beforeAll(async () => {
    laptop = await DrillLaptop.connect();
  });

  it('are in no log that a server or a Spark job has written', () => {
    const logs = logFiles();
    expect(logs.some(({ where }) => where.includes('bronze-to-silver'))).toBe(true);
    expect(found(PERSONAL, logs)).toEqual([]);
  });

  it('are in no log of a function', async () => {
    const logs = await functionLogs(laptop);
    expect(logs.map(({ where }) => where)).toContain('receive-file');
    expect(found(PERSONAL, logs)).toEqual([]);
  });

  it('are in no message to people', async () => {
    const all = await messages(laptop);
    expect(all.length).toBeGreaterThan(0);
    expect(found(PERSONAL, all)).toEqual([]);
  });

  it('are in no dead-letter queue', async () => {
    expect(found(PERSONAL, await deadLetters(laptop))).toEqual([]);
  });

  it('are in no history of an execution', async () => {
    const histories = await executionHistories(laptop);
    expect(histories.length).toBeGreaterThan(0);
    expect(found(PERSONAL, histories)).toEqual([]);
  });

  it('are in silver, so that these tests would see them', () => {
    expect(existsSync(new Folders().file('clean-tables.json'))).toBe(true);
    const text = readFileSync(new Folders().file('clean-tables.json'), 'utf8');
    expect(PERSONAL.filter((value) => found([value], [{ where: 'silver', text }]).length === 0)).toEqual([]);
  });
});
