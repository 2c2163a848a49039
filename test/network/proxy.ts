import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Proxy {
  readonly endpoint: string;
  readonly close: () => void;
}

/** What happens on the way of every request. */
export interface OnTheWay {
  /** Before the request gets through. */
  readonly before?: (incoming: IncomingMessage) => Promise<void>;
  /** Once it has been answered and before the answer goes on; where it says so, the answer is never given. */
  readonly answered?: (incoming: IncomingMessage) => 'pass on' | 'swallow';
}

/** A service behind an address of its own. */
export async function proxyTo(service: string, { before, answered }: OnTheWay): Promise<Proxy> {
  const { hostname, port } = new URL(service);
  const server = createServer((incoming, response) => {
    const { method, url: path, headers } = incoming;
    const send = () => {
      const outgoing = request({ hostname, port, method, path, headers }, (answer) => {
        const chunks: Buffer[] = [];
        answer.on('data', (chunk: Buffer) => chunks.push(chunk));
        answer.on('end', () => {
          if (answered?.(incoming) === 'swallow') response.destroy();
          else response.writeHead(answer.statusCode ?? 502, answer.headers).end(Buffer.concat(chunks));
        });
      });
      outgoing.on('error', () => response.destroy());
      incoming.pipe(outgoing);
    };
    if (before) void before(incoming).then(send);
    else send();
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
