import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a stage holds, as far as the command line asks AWS for it. */
export interface Stage {
  /** The ledger's items, all of one dataset. */
  readonly items: readonly object[];
  /** What every query to the lake answers. */
  readonly rows: readonly (readonly (string | null)[])[];
}

export interface FakeAws {
  readonly endpoint: string;
  /** The SQL that was sent to the lake. */
  readonly queries: string[];
  close(): Promise<void>;
}

const OUTPUTS = { LedgerTableName: 'ledger', AthenaWorkGroup: 'assay', QuarantineBucketName: 'quarantine' };

/** The few APIs that reading commands call, over HTTP; whatever is not planned fails. */
export async function fakeAws(stage: Stage): Promise<FakeAws> {
  const queries: string[] = [];
  const server = createServer((request, response) => {
    void bodyOf(request).then((body) => {
      const answer = answerTo(stage, String(request.headers['x-amz-target'] ?? ''), body, queries);
      response.writeHead(answer === undefined ? 400 : 200);
      response.end(answer ?? JSON.stringify({ __type: 'NotPlanned', message: `not planned: ${body}` }));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  return { endpoint: `http://127.0.0.1:${port}`, queries, close };
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function answerTo(stage: Stage, target: string, body: string, queries: string[]): string | undefined {
  const action = target === '' ? (new URLSearchParams(body).get('Action') ?? '') : (target.split('.').at(-1) ?? '');
  if (action === 'DescribeStacks') return stacks();
  if (action === 'StartQueryExecution') queries.push((JSON.parse(body) as { QueryString: string }).QueryString);
  const answers: Record<string, unknown> = {
    Query: { Items: stage.items.map(attributes), Count: stage.items.length },
    StartQueryExecution: { QueryExecutionId: 'query' },
    GetQueryExecution: { QueryExecution: { QueryExecutionId: 'query', Status: { State: 'SUCCEEDED' } } },
    GetQueryResults: { ResultSet: resultSet(stage.rows) },
  };
  return action in answers ? JSON.stringify(answers[action]) : undefined;
}

/** Every stack is there and has every output. */
function stacks(): string {
  const outputs = Object.entries(OUTPUTS)
    .map(([key, value]) => `<member><OutputKey>${key}</OutputKey><OutputValue>${value}</OutputValue></member>`)
    .join('');
  const stack = `<StackName>assay-dev-lake</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${outputs}</Outputs>`;
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member>${stack}</member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}

function attributes(item: object): Record<string, unknown> {
  return Object.fromEntries(Object.entries(item).map(([name, value]) => [name, attribute(value)]));
}

function attribute(value: unknown): unknown {
  if (typeof value === 'number') return { N: String(value) };
  if (Array.isArray(value)) return { L: value.map(attribute) };
  return typeof value === 'object' && value !== null ? { M: attributes(value) } : { S: value };
}

function resultSet(rows: Stage['rows']): unknown {
  const names = rows[0]?.map((_, index) => `c${index}`) ?? ['c0'];
  const row = (cells: readonly (string | null)[]) => ({
    Data: cells.map((cell) => (cell === null ? {} : { VarCharValue: cell })),
  });
  return {
    ResultSetMetadata: { ColumnInfo: names.map((Name) => ({ Name, Type: 'varchar' })) },
    Rows: [row(names), ...rows.map(row)],
  };
}
