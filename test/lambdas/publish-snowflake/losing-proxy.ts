import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What becomes of a request with a merge in it: it is passed on; or its answer is lost; or it is itself. */
export type Fault = 'none' | 'answer lost' | 'request lost';

/** Between a loader and Snowflake: loses what it is told to, the same for a request that comes again. */
export class LosingProxy {
  fault: Fault = 'none';
  private readonly server: Server;

  constructor(private readonly target: string) {
    this.server = createServer((request, response) => {
      this.answer(request, response).catch((error: unknown) => response.destroy(error as Error));
    });
  }

  async start(): Promise<string> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  stop(): Promise<unknown> {
    this.server.closeAllConnections();
    return new Promise((resolve) => this.server.close(resolve));
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = (await request.toArray()).map(String).join('');
    const isFaulty = body.includes('merge into') && this.fault !== 'none';
    if (isFaulty && this.fault === 'request lost') return void request.socket.destroy();
    const { authorization = '', 'x-snowflake-authorization-token-type': kind } = request.headers;
    const answer = await fetch(this.target + (request.url ?? ''), {
      method: request.method ?? 'GET',
      headers: { authorization, 'x-snowflake-authorization-token-type': String(kind), 'content-type': 'application/json' },
      ...(body !== '' && { body }),
    });
    const text = await answer.text();
    if (isFaulty) return void request.socket.destroy();
    response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text);
  }
}
