import { expect, test } from 'vitest';
import { consoleLink, jobLink } from '../../../lambdas/message/console-link';

test.each([
  ['aws', 'eu-central-1', 'eu-central-1.console.aws.amazon.com'],
  ['aws-cn', 'cn-north-1', 'cn-north-1.console.amazonaws.cn'],
  ['aws-us-gov', 'us-gov-west-1', 'us-gov-west-1.console.amazonaws-us-gov.com'],
])('in partition %s', (partition, region, host) => {
  const arn = `arn:${partition}:states:${region}:1:execution:m:n`;
  expect(consoleLink(arn)).toBe(`https://${host}/states/home?region=${region}#/v2/executions/details/${arn}`);
  expect(jobLink(region, 'a-job', 'jr_1')).toBe(`https://${host}/gluestudio/home?region=${region}#/job/a-job/run/jr_1`);
});
