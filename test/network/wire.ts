import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** A way to the database that can be cut. */
export interface Wire {
  readonly port: number;
  /** How often it was cut. */
  readonly cuts: () => number;
  readonly cut: () => void;
  readonly close: () => void;
}

export interface Cut {
  /** The client sends this. */
  readonly at: string;
  /** Before the server learns of it, or after it has answered, so that only the client does not. */
  readonly when: 'before' | 'after the answer';
}

/** Cuts all connections at each of the cuts, once each and in their order; otherwise passes everything on. */
export async function wireTo(port: number, cuts: readonly Cut[] = []): Promise<Wire> {
  const sockets: Socket[] = [];
  let made = 0;
  const cut = () => {
    made += 1;
    for (const socket of sockets.splice(0)) socket.destroy();
  };
  const isDue = (bytes: Buffer): boolean => {
    const next = cuts[made];
    return next !== undefined && bytes.includes(next.at);
  };
  const server = createServer((near) => {
    const far = connect(port, '127.0.0.1');
    let isFatal = false;
    sockets.push(near, far);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    near.on('data', (bytes) => {
      const due = isDue(bytes);
      if (due && cuts[made]?.when === 'before') {
        cut();
        return;
      }
      isFatal ||= due;
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
    cuts: () => made,
    cut,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
