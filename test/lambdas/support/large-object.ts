import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A server that answers GetObject with one object too large to be kept anywhere: a beginning, then a byte repeated. */
export interface LargeObject {
  readonly endpoint: string;
  /** Of the requests so far. */
  readonly ranges: (string | undefined)[];
  /** Bytes handed to the network so far. */
  readonly sent: () => number;
  readonly close: () => void;
}

interface Options {
  readonly beginning: string;
  readonly size: number;
  /** The emulator does not, for a version: then everything is sent. */
  readonly knowsRanges: boolean;
}

const CHUNK = Buffer.alloc(1024 * 1024, 'x');

export async function serveLargeObject({ beginning, size, knowsRanges }: Options): Promise<LargeObject> {
  const ranges: (string | undefined)[] = [];
  let sent = 0;
  const answer = (request: IncomingMessage, response: ServerResponse) => {
    ranges.push(request.headers.range);
    const [, first, last] = (knowsRanges && /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? '')) || [];
    const length = last === undefined ? size : Math.min(Number(last), size - 1) - Number(first) + 1;
    response.writeHead(last === undefined ? 200 : 206, { 'content-length': length });
    response.on('error', () => undefined);
    const start = Buffer.from(beginning).subarray(0, length);
    response.write(start);
    pump(response, length - start.length, (bytes) => (sent += bytes));
  };
  const server = createServer(answer);
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ranges,
    sent: () => sent,
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** As fast as the reader takes it, and no faster. */
function pump(response: ServerResponse, left: number, count: (bytes: number) => void): void {
  if (response.destroyed) return;
  if (left === 0) {
    response.end();
    return;
  }
  const chunk = left < CHUNK.length ? CHUNK.subarray(0, left) : CHUNK;
  count(chunk.length);
  const next = () => {
    pump(response, left - chunk.length, count);
  };
  if (response.write(chunk)) setImmediate(next);
  else response.once('drain', next);
}
