import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A look at the one execution: its status, and its history so far, the oldest event first. */
export interface Shown {
  readonly status: string;
  readonly output?: object;
  readonly events?: readonly Readonly<Record<string, unknown>>[];
}

export interface FakeStepFunctions {
  readonly endpoint: string;
  /** What executions were started with. */
  readonly started: { readonly name: string; readonly input: string; readonly stateMachineArn: string }[];
  close(): Promise<void>;
}

/** With the output's name after it, the machine of each. */
const MACHINES = 'arn:aws:states:us-east-1:000000000000:stateMachine:';
/** Of Snowflake's models, as far as its plan goes. */
const DEFINITION = { StartAt: 'RunDbt', States: { RunDbt: { Type: 'Task', End: true } } };
const PAGE = 2;

/** A stage whose refresh goes as planned: every look shows the next of these, and the last for ever. */
export async function fakeStepFunctions(plan: readonly Shown[]): Promise<FakeStepFunctions> {
  const started: FakeStepFunctions['started'] = [];
  let looks = -1;
  const answers: Record<string, (request: Readonly<Record<string, unknown>>) => unknown> = {
    StartExecution: (request) => {
      started.push(request as unknown as FakeStepFunctions['started'][number]);
      return { executionArn: 'arn:execution', startDate: 0 };
    },
    DescribeExecution: () => {
      looks = Math.min(looks + 1, plan.length - 1);
      const { status, output } = plan[looks] ?? { status: 'RUNNING' };
      if (status === 'GONE') return undefined;
      return { status, executionArn: 'arn:execution', ...(output && { output: JSON.stringify(output) }) };
    },
    DescribeStateMachineForExecution: () => ({ definition: JSON.stringify(DEFINITION) }),
    // In small pages, so that there is more than one.
    GetExecutionHistory: ({ reverseOrder, nextToken = '0' }) => {
      const events = (plan[looks]?.events ?? []).map((each, index) => ({ id: index + 1, ...each }));
      if (reverseOrder === true) events.reverse();
      const end = Number(nextToken) + PAGE;
      const more = end < events.length ? { nextToken: String(end) } : {};
      return { events: events.slice(end - PAGE, end), ...more };
    },
  };
  const server = createServer((request, response) => {
    void textOf(request).then((body) => {
      const action =
        String(request.headers['x-amz-target'] ?? '')
          .split('.')
          .at(-1) ?? '';
      const answer = action === '' ? stacks() : answers[action]?.(JSON.parse(body) as Record<string, unknown>);
      response.writeHead(answer === undefined ? 400 : 200);
      const gone = { __type: 'ExecutionDoesNotExist', message: `not there: ${action} ${body}` };
      response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? gone));
    });
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const close = (): Promise<void> =>
    new Promise((done) => {
      server.closeAllConnections();
      server.close(() => done());
    });
  return { endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, started, close };
}

/** An event of RefreshModels that ended with this answer. */
export function answered(output: object): Shown['events'] {
  return [
    { type: 'TaskSucceeded', timestamp: 0, taskSucceededEventDetails: { resource: 'x', resourceType: 'lambda' } },
    event('TaskStateExited', 'stateExitedEventDetails', { name: 'RefreshModels', output: JSON.stringify(output) }),
    event('ChoiceStateEntered', 'stateEnteredEventDetails', { name: 'Is it done', input: JSON.stringify(output) }),
  ];
}

/** The events of a step that failed, and of what tells people. */
export function failed(step: string, state: object, error: { Error: string; Cause: string }): Shown['events'] {
  const caught = JSON.stringify({ ...state, failure: error });
  const told = JSON.stringify({ ...state, failure: { ...error, step } });
  return [
    event('TaskStateExited', 'stateExitedEventDetails', { name: step, output: caught }),
    event('PassStateEntered', 'stateEnteredEventDetails', { name: `${step}Failed`, input: caught }),
    event('TaskStateEntered', 'stateEnteredEventDetails', { name: 'ReportRefreshFailure', input: told }),
    { type: 'ExecutionFailed', timestamp: 0, executionFailedEventDetails: { error: 'RefreshFailed', cause: step } },
  ];
}

function event(type: string, details: string, about: object): Readonly<Record<string, unknown>> {
  return { type, timestamp: 0, [details]: about };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

function stacks(): string {
  const output = ['RefreshWarehouseArn', 'ModelSnowflakeArn']
    .map((key) => `<member><OutputKey>${key}</OutputKey><OutputValue>${MACHINES}${key}</OutputValue></member>`)
    .join('');
  const stack = `<StackName>assay-dev-pipelines</StackName><StackStatus>CREATE_COMPLETE</StackStatus><Outputs>${output}</Outputs>`;
  return `<DescribeStacksResponse><DescribeStacksResult><Stacks><member>${stack}</member></Stacks></DescribeStacksResult></DescribeStacksResponse>`;
}
