import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { inject } from 'vitest';

/** A way to the database that can be cut. */
export interface Wire {
  readonly port: number;
  readonly cut: () => void;
  /** Cuts once the server has answered what contains the text, so that the client never learns of it. */
  readonly cutAfterAnswerTo: (text: string) => void;
  readonly close: () => void;
}

export async function createWire(): Promise<Wire> {
  const { host, port } = inject('services').postgres;
  const sockets: Socket[] = [];
  let fatal: string | undefined;
  const cut = () => {
    for (const socket of sockets.splice(0)) socket.destroy();
  };
  const server = createServer((near) => {
    const far = connect(port, host);
    let isFatal = false;
    sockets.push(near, far);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.on('data', (bytes) => {
      isFatal = fatal !== undefined && bytes.includes(fatal);
      far.write(bytes);
    });
    far.on('data', (bytes) => {
      if (isFatal) cut();
      else near.write(bytes);
    });
    near.on('end', () => far.end());
    far.on('end', () => near.end());
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    port: (server.address() as AddressInfo).port,
    cut,
    cutAfterAnswerTo: (text) => {
      fatal = text;
    },
    close: () => {
      cut();
      server.close();
    },
  };
}
