import getPort from 'get-port';
import { readJson, writeJson } from './files';
import type { Folders } from './folders';
import type { Ports } from './laptop-record';

/**
 * Free ports, the same as last time if nobody took them: queue addresses, the database's secret, and Snowflake's and the
 * concessions API's address that were deployed carry them.
 */
export async function choosePorts(folders: Folders): Promise<Ports> {
  const last = readJson(folders.file('ports.json')) as Partial<Ports> | undefined;
  const host = '127.0.0.1';
  const aws = await getPort({ host, ...(last?.aws && { port: last.aws }) });
  const postgres = await getPort({ host, exclude: [aws], ...(last?.postgres && { port: last.postgres }) });
  const snowflake = await getPort({ host, exclude: [aws, postgres], ...(last?.snowflake && { port: last.snowflake }) });
  const exclude = [aws, postgres, snowflake];
  const concessions = await getPort({ host, exclude, ...(last?.concessions && { port: last.concessions }) });
  const ports = { aws, postgres, snowflake, concessions };
  writeJson(folders.file('ports.json'), ports);
  return ports;
}
