import { beforeAll, describe, expect, test } from 'vitest';
import { publish } from '../../../lambdas/message/publish';
import { createTopic, type TestTopic } from '../support/aws';

let topic: TestTopic;
beforeAll(async () => {
  topic = await createTopic();
});

describe('publish', () => {
  test('makes a subject that SNS takes, and keeps the text as it is', async () => {
    const subject = `pürchases:\n${'x'.repeat(200)}`;
    await publish(topic.arn, { subject, lines: ['Datei: s3://b/ünï.csv', 'zwei'], attributes: { dataset: 'ä' } });
    expect(await topic.received()).toEqual([
      { subject: `p?rchases:?${'x'.repeat(88)}`, message: 'Datei: s3://b/ünï.csv\nzwei', attributes: { dataset: 'ä' } },
    ]);
  });
});
