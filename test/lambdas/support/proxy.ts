import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inject } from 'vitest';

/** The emulator behind an address where something happens before a request gets through. */
export async function proxyEmulator(
  before: (incoming: IncomingMessage) => Promise<void>,
): Promise<{ readonly endpoint: string; readonly close: () => void }> {
  const { hostname, port } = new URL(inject('services').endpoint);
  const server = createServer((incoming, response) => {
    void before(incoming).then(() => {
      const { method, url: path, headers } = incoming;
      const outgoing = request({ hostname, port, method, path, headers }, (answer) => {
        response.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(response);
      });
      incoming.pipe(outgoing);
    });
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
