import { Duration } from 'aws-cdk-lib';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';

/** An HTTP API that hands out concessions, page by page, and how it wants to be asked. */
export interface ConcessionsProps {
  /** https://host; undefined: a parameter of the deployment, which may be plain HTTP. */
  readonly address: string | undefined;
  readonly path: `/${string}`;
  /** By what the page before said, or by number. */
  readonly paging: 'cursor' | 'page';
  readonly pageSize: number;
  /** Of one request. */
  readonly requestTimeout: Duration;
  /** What failed requests and the pauses after them may take in one extract. */
  readonly retryBudget: Duration;
  /** How far an increment goes back behind the end of the last one: longer than the API's slowest transaction. */
  readonly overlap: Duration;
  /** When increments are fetched; undefined: on demand only. */
  readonly daily: ScheduleExpression | undefined;
}

const common = {
  path: '/v1/concessions',
  paging: 'cursor',
  pageSize: 500,
  requestTimeout: Duration.seconds(30),
  retryBudget: Duration.minutes(10),
  overlap: Duration.minutes(10),
} as const satisfies Partial<ConcessionsProps>;

/** The compliance department's API of a stage. Nobody is woken at night for a host that is an example: docs/concessions.md. */
export function concessionsOf(host: string): ConcessionsProps {
  const nightly = ScheduleExpression.cron({ hour: '2', minute: '41' });
  return { ...common, address: `https://${host}`, daily: host.endsWith('.example.com') ? undefined : nightly };
}

/** One whose address the deployment says, and that nobody asks before somebody wants it: what answers there may be started by hand. */
export const concessionsAtAddressGiven: ConcessionsProps = {
  ...common,
  address: undefined,
  requestTimeout: Duration.seconds(5),
  retryBudget: Duration.seconds(90),
  daily: undefined,
};
