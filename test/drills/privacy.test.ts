import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GetExecutionHistoryCommand, ListExecutionsCommand, ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { beforeAll, describe, expect, it } from 'vitest';
import { Folders } from '../../local/folders';
import { functionNames, logOf } from './support/function-log';
import { DrillLaptop } from './support/laptop';
import { allMessages } from './support/messages';
import { FIRST_NAMES, LAST_NAMES, MAIL_DOMAIN } from './support/purchases';
import { InboxQueue } from './support/queue';

/** What no log may contain; names as they are and in other cases, since e-mail addresses are in lower case. */
const PERSONAL = [...FIRST_NAMES, ...LAST_NAMES, MAIL_DOMAIN].map((text) => text.toLowerCase());

/** Where personal data was found, with what is around it. */
function found(where: string, text: string): string[] {
  const lower = text.toLowerCase();
  return PERSONAL.flatMap((value) => {
    const at = lower.indexOf(value);
    return at === -1 ? [] : [`${where}: …${text.slice(Math.max(0, at - 100), at + 100)}…`];
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

describe('names and e-mail addresses of customers', () => {
  let laptop: DrillLaptop;
  beforeAll(async () => {
    laptop = await DrillLaptop.connect();
  });

  it('are in no log that a server or a Spark job has written', () => {
    const logs = filesIn(new Folders().logs);
    expect(logs.some((path) => path.includes('bronze-to-silver'))).toBe(true);
    expect(logs.flatMap((path) => found(path, readFileSync(path, 'utf8')))).toEqual([]);
  });

  it('are in no log of a function', async () => {
    const names = await functionNames(laptop);
    expect(names).toContain('receive-file');
    for (const name of names) expect((await logOf(laptop, name)).flatMap((line) => found(name, line))).toEqual([]);
  });

  it('are in no message to people', async () => {
    const messages = await allMessages(laptop);
    expect(messages.length).toBeGreaterThan(0);
    expect(messages.flatMap((message) => found('message', message))).toEqual([]);
  });

  it('are in no dead-letter queue', async () => {
    const queue = await InboxQueue.of(laptop, 'assay-local-receive-dead');
    expect((await queue.bodies()).flatMap((body) => found('dead letter', body))).toEqual([]);
  });

  it('are in no history of an execution', async () => {
    const executions = await executionArns(laptop);
    expect(executions.length).toBeGreaterThan(0);
    for (const executionArn of executions) {
      const history = await laptop.stepFunctions.send(new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 }));
      expect(found(executionArn, JSON.stringify(history.events))).toEqual([]);
    }
  });

  it('are in silver, so that these tests would see them', () => {
    expect(existsSync(new Folders().file('clean-tables.json'))).toBe(true);
    const clean = readFileSync(new Folders().file('clean-tables.json'), 'utf8').toLowerCase();
    expect(PERSONAL.filter((value) => !clean.includes(value))).toEqual([]);
  });
});

async function executionArns({ stepFunctions }: DrillLaptop): Promise<string[]> {
  const { stateMachines = [] } = await stepFunctions.send(new ListStateMachinesCommand({}));
  const arns: string[] = [];
  for (const { stateMachineArn } of stateMachines) {
    let nextToken: string | undefined;
    do {
      const page = await stepFunctions.send(new ListExecutionsCommand({ stateMachineArn, maxResults: 1000, nextToken }));
      arns.push(...(page.executions ?? []).map(({ executionArn = '' }) => executionArn));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  }
  return arns;
}
