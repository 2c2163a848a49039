import getPort from 'get-port';
import { readJson, writeJson } from './files';
import type { Folders } from './folders';
import type { Ports } from './laptop-record';

/**
 * Free ports, the same as last time if nobody took them: queue addresses and the database's secret that were deployed
 * carry them.
 */
export async function choosePorts(folders: Folders): Promise<Ports> {
  const last = readJson(folders.file('ports.json')) as Ports | undefined;
  const host = '127.0.0.1';
  const aws = await getPort({ host, ...(last && { port: last.aws }) });
  const postgres = await getPort({ host, exclude: [aws], ...(last && { port: last.postgres }) });
  const ports = { aws, postgres };
  writeJson(folders.file('ports.json'), ports);
  return ports;
}
