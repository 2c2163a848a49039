import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';

/** A subscriber of an alert topic, as a user's mailbox would be one. */
export class Mailbox {
  private constructor(
    private readonly sqs: SQSClient,
    private readonly queueUrl: string,
  ) {}

  static async subscribedTo(topicArn: string, endpoint: string, name: string): Promise<Mailbox> {
    const client = { endpoint, region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };
    const sqs = new SQSClient(client);
    const { QueueUrl: queueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
    if (queueUrl === undefined) throw new Error(`no queue ${name}`);
    const { Attributes: attributes } = await sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: queueUrl, AttributeNames: ['QueueArn'] }),
    );
    const arn = attributes?.['QueueArn'];
    if (arn === undefined) throw new Error(`queue ${name} has no ARN`);
    await new SNSClient(client).send(new SubscribeCommand({ TopicArn: topicArn, Protocol: 'sqs', Endpoint: arn }));
    return new Mailbox(sqs, queueUrl);
  }

  /** The messages that have arrived, each once; waits until nothing more comes for a second. */
  async empty(): Promise<string[]> {
    return (await this.bodies()).map((body) => (JSON.parse(body) as { Message: string }).Message);
  }

  /** The same with all that SNS puts around them. */
  async bodies(): Promise<string[]> {
    const bodies: string[] = [];
    for (;;) {
      const { Messages: batch = [] } = await this.sqs.send(
        new ReceiveMessageCommand({ QueueUrl: this.queueUrl, MaxNumberOfMessages: 10, WaitTimeSeconds: 1 }),
      );
      if (batch.length === 0) return bodies;
      for (const message of batch) {
        bodies.push(message.Body ?? '{}');
        await this.sqs.send(new DeleteMessageCommand({ QueueUrl: this.queueUrl, ReceiptHandle: message.ReceiptHandle }));
      }
    }
  }
}
