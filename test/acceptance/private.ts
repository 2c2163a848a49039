import { expect } from 'vitest';
import { DrillLaptop } from '../drills/support/laptop';
import { deadLetters, executionHistories, found, functionLogs, logFiles, messages } from '../drills/support/shown';

/** None of the values is in a log, an alert, a dead letter or the history of an execution since the laptop's start. */
export async function expectPrivate(values: readonly string[]): Promise<void> {
  const laptop = await DrillLaptop.connect();
  const logs = [...logFiles(), ...(await functionLogs(laptop))];
  const told = [...(await messages(laptop)), ...(await deadLetters(laptop))];
  const histories = await executionHistories(laptop);
  for (const shown of [logs, told, histories]) expect(shown).not.toHaveLength(0);
  expect(found(values, [...logs, ...told, ...histories])).toEqual([]);
}
