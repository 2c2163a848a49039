import { randomInt } from 'node:crypto';
import getPort from 'get-port';
import { readJson, writeJson } from './files';
import type { Folders } from './folders';
import type { Ports } from './laptop-record';

const HOST = '127.0.0.1';
/**
 * Below those that Linux and macOS give to whoever asks for any port, as Spark and every connection do: one of them might be
 * taken in the seconds until the one it was chosen for listens.
 */
const FIRST = 20_000;
const END = 32_768;
const TRIES = 20;

/**
 * Free ports, the same as last time if nobody took them: queue addresses, the database's secret, and Snowflake's and the
 * concessions API's address that were deployed carry them.
 */
export async function choosePorts(folders: Folders): Promise<Ports> {
  const last = readJson(folders.file('ports.json')) as Partial<Ports> | undefined;
  const aws = await freePort(last?.aws);
  const postgres = await freePort(last?.postgres, [aws]);
  const snowflake = await freePort(last?.snowflake, [aws, postgres]);
  const concessions = await freePort(last?.concessions, [aws, postgres, snowflake]);
  const ports = { aws, postgres, snowflake, concessions };
  writeJson(folders.file('ports.json'), ports);
  return ports;
}

/** A free port of this machine, `wished` if it is one. Where all that are tried are taken, one that the system gives. */
export function freePort(wished?: number, exclude: readonly number[] = []): Promise<number> {
  const random = Array.from({ length: TRIES }, () => randomInt(FIRST, END));
  return getPort({ host: HOST, port: wished === undefined ? random : [wished, ...random], exclude });
}
