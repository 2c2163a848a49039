import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ReceiveMessageCommand,
  SQSClient,
  SendMessageBatchCommand,
  SetQueueAttributesCommand,
} from '@aws-sdk/client-sqs';
import { LambdaClient, ListEventSourceMappingsCommand, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import type { DrillLaptop } from './laptop';

/** The queue between inbox and receive-file. */
export class InboxQueue {
  private constructor(
    private readonly laptop: DrillLaptop,
    private readonly sqs: SQSClient,
    private readonly url: string,
  ) {}

  static async of(laptop: DrillLaptop, name = 'assay-local-receive'): Promise<InboxQueue> {
    const sqs = new SQSClient(laptop.account.settings);
    const { QueueUrl: url = '' } = await sqs.send(new GetQueueUrlCommand({ QueueName: name }));
    return new InboxQueue(laptop, sqs, url);
  }

  /** The same message so many times, as quickly as it goes. */
  async flood(body: string, times: number): Promise<void> {
    const batch = Array.from({ length: 10 }, (_, index) => ({ Id: String(index), MessageBody: body }));
    const sends = Array.from({ length: times / batch.length }, () =>
      this.sqs.send(new SendMessageBatchCommand({ QueueUrl: this.url, Entries: batch })),
    );
    await Promise.all(sends);
  }

  /** Lets the work be done while nobody takes messages; gives the function its queue back afterwards. */
  async whileNobodyTakes<Result>(work: () => Promise<Result>): Promise<Result> {
    const lambda = new LambdaClient(this.laptop.account.settings);
    const { EventSourceMappings: [mapping] = [] } = await lambda.send(
      new ListEventSourceMappingsCommand({ FunctionName: 'assay-local-receive-file' }),
    );
    const set = (Enabled: boolean) => lambda.send(new UpdateEventSourceMappingCommand({ UUID: mapping?.UUID, Enabled }));
    await set(false);
    // A look at the queue that had begun.
    await sleep(1500);
    try {
      return await work();
    } finally {
      await set(true);
    }
  }

  /** Waits until all messages are dealt with. */
  async untilEmpty(): Promise<void> {
    const AttributeNames = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
    for (;;) {
      const { Attributes: counts = {} } = await this.sqs.send(
        new GetQueueAttributesCommand({ QueueUrl: this.url, AttributeNames: [...AttributeNames] }),
      );
      if (AttributeNames.every((name) => counts[name] === '0')) return;
      await sleep(200);
    }
  }

  /** Takes so many messages out of the queue, for ever; for when nobody else does. */
  async lose(count: number): Promise<void> {
    for (let lost = 0; lost < count;) {
      const { Messages: messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: this.url, MaxNumberOfMessages: 10, WaitTimeSeconds: 5 }),
      );
      for (const { ReceiptHandle } of messages) {
        await this.sqs.send(new DeleteMessageCommand({ QueueUrl: this.url, ReceiptHandle }));
      }
      lost += messages.length;
    }
  }

  /** Lets the work be done with another visibility timeout: what a dead function had in hand comes again so soon. */
  async withVisibility<Result>(seconds: number, work: () => Promise<Result>): Promise<Result> {
    const { Attributes: own } = await this.sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: this.url, AttributeNames: ['VisibilityTimeout'] }),
    );
    const set = (VisibilityTimeout: string) =>
      this.sqs.send(new SetQueueAttributesCommand({ QueueUrl: this.url, Attributes: { VisibilityTimeout } }));
    await set(String(seconds));
    try {
      return await work();
    } finally {
      await set(own?.['VisibilityTimeout'] ?? '360');
    }
  }

  /** What lies in the queue; it stays there. */
  async bodies(): Promise<string[]> {
    const found = new Map<string, string>();
    for (;;) {
      const { Messages: messages = [] } = await this.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: this.url, MaxNumberOfMessages: 10, VisibilityTimeout: 30 }),
      );
      if (messages.length === 0) return [...found.values()];
      for (const { MessageId: id = '', Body: body = '' } of messages) found.set(id, body);
    }
  }
}
