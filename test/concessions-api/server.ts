import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { type Fault, Order } from './faults';
import { written } from './generate';
import { after, numbered, Records } from './records';

export interface ConcessionsApiProps {
  readonly count: number;
  readonly seed?: number;
  readonly paging: 'cursor' | 'page';
  /** The only token that is taken. @default any */
  readonly token?: string;
  /** @default a free one */
  readonly port?: number;
}

/** A request for records, and what it was answered. */
export interface Served {
  readonly url: string;
  readonly status: number;
  readonly records: number;
}

const Change = z.object({ update: z.int().default(0), add: z.int().default(0), remove: z.int().default(0) });

/** Plays the concessions API over generated data, with faults to order. */
export class ConcessionsApi {
  readonly records: Records;
  readonly served: Served[] = [];
  /** Told when a request begins to hang. */
  onHang: () => void = () => undefined;
  private token: string | undefined;
  private orders: { at: number; fault: Fault }[] = [];
  private last: string | undefined;

  private constructor(
    private readonly server: Server,
    private readonly paging: 'cursor' | 'page',
    props: ConcessionsApiProps,
  ) {
    this.records = new Records(props.seed ?? 1, props.count);
    this.token = props.token;
  }

  static async start(props: ConcessionsApiProps): Promise<ConcessionsApi> {
    const server = createServer();
    const api = new ConcessionsApi(server, props.paging, props);
    server.on('request', (incoming, response) => void api.answer(incoming, response));
    server.listen(props.port ?? 0, '127.0.0.1');
    await once(server, 'listening');
    return api;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/v1/concessions`;
  }

  order(...orders: Order[]): void {
    this.orders.push(...orders.map((each) => Order.parse(each)));
  }

  /** Takes this token only. */
  expectToken(token: string | undefined): void {
    this.token = token;
  }

  async close(): Promise<void> {
    const closed = once(this.server, 'close');
    this.server.close();
    this.server.closeAllConnections();
    await closed;
  }

  private async answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(incoming.url ?? '/', 'http://api');
    if (url.pathname.startsWith('/_admin/')) return this.administer(url.pathname, incoming, response);
    if (url.pathname !== '/v1/concessions') {
      end(response, 404, { error: 'no such path' });
      return;
    }
    for (const order of this.orders) order.at -= 1;
    const fault = this.orders.find(({ at }) => at === 0)?.fault;
    this.orders = this.orders.filter(({ at }) => at > 0);
    if (fault?.kind === 'rotated') this.token = fault.token;
    const isKnown = this.token === undefined || incoming.headers.authorization === `Bearer ${this.token}`;
    if (!isKnown || incoming.headers.authorization === undefined) {
      this.say(url, response, 401, { error: 'unknown token' });
      return;
    }
    if (fault?.kind === 'changed') this.change(fault);
    if (fault !== undefined && this.misbehave(fault, url, response)) return;
    const { text, records } = this.page(url);
    this.last = text;
    this.say(url, response, 200, text, records);
  }

  private page({ searchParams }: URL): { text: string; records: number } {
    const pageSize = Number(searchParams.get('page_size') ?? 100);
    const all = this.records.since(searchParams.get('updated_since'));
    if (this.paging === 'page') {
      const page = Number(searchParams.get('page') ?? 1);
      const items = numbered(all, page, pageSize);
      return { text: written({ items, page, total: all.length }), records: items.length };
    }
    const { items, nextCursor } = after(all, searchParams.get('cursor'), pageSize);
    return { text: written({ items, next_cursor: nextCursor, total: all.length }), records: items.length };
  }

  /** Whether the fault was the whole answer. */
  private misbehave(fault: Fault, url: URL, response: ServerResponse): boolean {
    switch (fault.kind) {
      case 'error':
        this.say(url, response, 500, { error: 'out of order' });
        return true;
      case 'busy': {
        const date = new Date(Date.now() + fault.seconds * 1000).toUTCString();
        response.setHeader('Retry-After', fault.as === 'date' ? date : String(fault.seconds));
        this.say(url, response, 429, { error: 'too many requests' });
        return true;
      }
      case 'truncated':
        this.truncate(url, response, fault.as);
        return true;
      case 'repeated':
        if (this.last === undefined) return false;
        this.say(url, response, 200, this.last);
        return true;
      case 'hang':
        this.served.push({ url: url.href, status: 0, records: 0 });
        this.onHang();
        return true;
      case 'malformed':
        this.say(url, response, 200, {
          items: [{ concession_id: 'C1', updated_at: '2025-01-01T00:00:00Z', lines: 'none' }],
          total: 1,
        });
        return true;
      default:
        return false;
    }
  }

  private truncate(url: URL, response: ServerResponse, as: 'cut off' | 'short'): void {
    const { text } = this.page(url);
    const half = text.slice(0, text.length / 2);
    this.served.push({ url: url.href, status: 200, records: 0 });
    if (as === 'short') return void response.end(half);
    response.writeHead(200, { 'Content-Length': Buffer.byteLength(text) });
    response.write(half, () => response.destroy());
  }

  private change({ update, add, remove }: z.infer<typeof Change>): void {
    this.records.update(update);
    this.records.add(add);
    this.records.remove(remove);
  }

  private say(url: URL, response: ServerResponse, status: number, body: unknown, records = 0): void {
    this.served.push({ url: url.href, status, records });
    end(response, status, body);
  }

  /** POST /_admin/faults, /_admin/change, /_admin/token; GET /_admin/requests. */
  private async administer(path: string, incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    if (path === '/_admin/requests') {
      end(response, 200, this.served);
      return;
    }
    try {
      const isKnown = this.obey(path, JSON.parse(await textOf(incoming)));
      end(response, isKnown ? 200 : 404, isKnown ? { done: true } : { error: 'no such path' });
    } catch (error) {
      if (!(error instanceof z.ZodError || error instanceof SyntaxError)) throw error;
      end(response, 400, { error: error instanceof z.ZodError ? z.prettifyError(error) : error.message });
    }
  }

  private obey(path: string, body: unknown): boolean {
    if (path === '/_admin/faults') this.order(...z.array(Order).parse(body));
    else if (path === '/_admin/change') this.change(Change.parse(body));
    else if (path === '/_admin/token') this.token = z.object({ token: z.string() }).parse(body).token;
    else return false;
    return true;
  }
}

function end(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'Content-Type': 'application/json' });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}
