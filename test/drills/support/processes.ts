import { execFileSync } from 'node:child_process';
import { readRecord } from '../../../local/laptop-record';
import { Folders } from '../../../local/folders';

interface Process {
  readonly pid: number;
  readonly parent: number;
  readonly group: number;
  readonly command: string;
}

function processes(): Process[] {
  const listed = execFileSync('ps', ['-axo', 'pid=,ppid=,pgid=,command='], { encoding: 'utf8', maxBuffer: 2 ** 26 });
  return listed.split('\n').flatMap((text) => {
    const [, pid, parent, group, command = ''] = /^\s*(\d+)\s+(\d+)\s+(\d+)\s+(.*)$/.exec(text) ?? [];
    return pid === undefined ? [] : [{ pid: Number(pid), parent: Number(parent), group: Number(group), command }];
  });
}

/** The laptop's own server of that name: a child of its supervisor. */
function server(all: readonly Process[], name: string): Process {
  const supervisor = readRecord(new Folders())?.pid;
  const found = all.find(({ parent, command }) => parent === supervisor && command.includes(name));
  if (found === undefined) throw new Error(`the laptop has no process ${name}`);
  return found;
}

/** The processes of Glue runs that go on: children of the Spark host that lead a group of their own. */
export function glueProcesses(): number[] {
  const all = processes();
  const host = server(all, '-m spark_host');
  return all
    .filter(({ pid, parent, group, command }) => parent === host.pid && pid === group && command.includes('-m spark_host'))
    .map(({ pid }) => pid);
}

/** The processes in which a function waits for its next call, or answers one. */
export function functionProcesses(name: string): number[] {
  const all = processes();
  const emulator = server(all, '-m emulator');
  return all
    .filter(({ parent, command }) => parent === emulator.pid && command.includes(`ministack-lambda-assay-local-${name}-`))
    .map(({ pid }) => pid);
}

export function killGroup(pid: number): void {
  process.kill(-pid, 'SIGKILL');
}

export function kill(pid: number): void {
  process.kill(pid, 'SIGKILL');
}
