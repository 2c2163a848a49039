import { beforeAll, expect, test, vi } from 'vitest';
import { logger } from '../../../lambdas/log/logger';
import { publishOrLog } from '../../../lambdas/message/publish-or-log';
import { createTopic, type TestTopic } from '../support/aws';
import { watchMetrics } from '../support/metrics';

const message = { subject: 'purchases: told', lines: ['a'], attributes: { dataset: 'purchases' } };
let topic: TestTopic;
beforeAll(async () => {
  topic = await createTopic();
});

test('a message that goes out makes no metric', async () => {
  const metrics = watchMetrics();
  await publishOrLog(topic.arn, message);
  expect(await topic.received()).toHaveLength(1);
  expect(metrics()).toEqual([]);
});

test('one that cannot is logged and counted, under the dimension that the alarm looks at', async () => {
  const metrics = watchMetrics();
  const log = vi.spyOn(logger, 'error');
  await publishOrLog(`${topic.arn}-not-there`, message);
  expect(log).toHaveBeenCalledExactlyOnceWith('the message could not be published', {
    subject: 'purchases: told',
    error: expect.stringContaining('NotFound') as string,
  });
  const [line, ...others] = metrics();
  expect(others).toEqual([]);
  expect(line).toMatchObject({
    _aws: {
      CloudWatchMetrics: [
        { Namespace: 'Assay', Dimensions: [['service']], Metrics: [{ Name: 'PublishFailed', Unit: 'Count' }] },
      ],
    },
    PublishFailed: 1,
  });
});
