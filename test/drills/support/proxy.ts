import { createServer, request, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Proxy {
  readonly endpoint: string;
  readonly close: () => void;
}

/**
 * The emulator behind an address of its own. `answered` hears of every request that the emulator has answered, before its
 * answer goes on; where it says so, the answer is never given.
 */
export async function proxyTo(
  emulator: string,
  answered: (headers: IncomingHttpHeaders) => 'pass on' | 'swallow',
): Promise<Proxy> {
  const { hostname, port } = new URL(emulator);
  const server = createServer((incoming, response) => {
    const { method, url: path, headers } = incoming;
    const outgoing = request({ hostname, port, method, path, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        if (answered(headers) === 'swallow') response.destroy();
        else response.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(chunks));
      });
    });
    outgoing.on('error', () => response.destroy());
    incoming.pipe(outgoing);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
