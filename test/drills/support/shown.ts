import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { GetExecutionHistoryCommand, ListStateMachinesCommand } from '@aws-sdk/client-sfn';
import { Folders } from '../../../local/folders';
import { functionNames, logOf } from './function-log';
import type { DrillLaptop } from './laptop';
import { allMessages } from './messages';
import { InboxQueue } from './queue';

/** Something that people or machines beside the tables get to see. */
export interface Shown {
  readonly where: string;
  readonly text: string;
}

/** What servers and Spark jobs have logged. */
export function logFiles(): Shown[] {
  return filesIn(new Folders().logs).map((path) => ({ where: path, text: readFileSync(path, 'utf8') }));
}

export async function functionLogs(laptop: DrillLaptop): Promise<Shown[]> {
  const shown: Shown[] = [];
  for (const where of await functionNames(laptop)) {
    shown.push(...(await logOf(laptop, where)).map((text) => ({ where, text })));
  }
  return shown;
}

/** Alerts, since `listenToAll`. */
export async function messages(laptop: DrillLaptop): Promise<Shown[]> {
  return (await allMessages(laptop)).map((text) => ({ where: 'message', text }));
}

export async function deadLetters(laptop: DrillLaptop): Promise<Shown[]> {
  const queue = await InboxQueue.of(laptop, 'assay-local-receive-dead');
  return (await queue.bodies()).map((text) => ({ where: 'dead letter', text }));
}

export async function executionHistories(laptop: DrillLaptop): Promise<Shown[]> {
  const shown: Shown[] = [];
  for (const executionArn of await executionArns(laptop)) {
    const request = new GetExecutionHistoryCommand({ executionArn, maxResults: 1000 });
    shown.push({ where: executionArn, text: JSON.stringify((await laptop.stepFunctions.send(request)).events) });
  }
  return shown;
}

/** Where one of the values stands, in whatever case, with what is around it. */
export function found(values: readonly string[], all: readonly Shown[]): string[] {
  const sought = values.map((value) => value.toLowerCase());
  return all.flatMap(({ where, text }) => {
    const lower = text.toLowerCase();
    return sought.flatMap((value) => {
      const at = lower.indexOf(value);
      return at === -1 ? [] : [`${where}: …${text.slice(Math.max(0, at - 100), at + 100)}…`];
    });
  });
}

function filesIn(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? filesIn(path) : [path];
  });
}

async function executionArns(laptop: DrillLaptop): Promise<string[]> {
  const { stateMachines = [] } = await laptop.stepFunctions.send(new ListStateMachinesCommand({}));
  return (await Promise.all(stateMachines.map(({ stateMachineArn: arn }) => laptop.executionArns(arn)))).flat();
}
