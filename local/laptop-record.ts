import { execFileSync } from 'node:child_process';
import { readJson, writeJson } from './files';
import type { Folders } from './folders';

export interface Ports {
  readonly aws: number;
  readonly postgres: number;
  readonly snowflake: number;
  /** Where the stage looks for the concessions API; nothing of the laptop's listens there. */
  readonly concessions: number;
}

/** `laptop.json`: what the supervisor says of itself. */
export interface LaptopRecord {
  readonly pid: number;
  readonly state: 'starting' | 'ready' | 'failed';
  readonly endpoint: string;
  readonly ports: Ports;
  readonly startedAt: string;
  /** Why it failed, with the end of the log that says so. */
  readonly reason?: string;
}

export function writeRecord(folders: Folders, record: LaptopRecord): void {
  writeJson(folders.file('laptop.json'), record);
}

export function readRecord(folders: Folders): LaptopRecord | undefined {
  return readJson(folders.file('laptop.json')) as LaptopRecord | undefined;
}

/**
 * Whether the record's supervisor still runs. A machine that crashed leaves a record whose number may be another
 * process's by now, so its command line is looked at too.
 */
export function isRunning(record: LaptopRecord): boolean {
  try {
    process.kill(record.pid, 0);
    return execFileSync('ps', ['-o', 'command=', '-p', String(record.pid)], { encoding: 'utf8' }).includes('supervisor');
  } catch {
    return false;
  }
}
