import { randomUUID } from 'node:crypto';
import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateBucketCommand, PutBucketVersioningCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateStateMachineCommand, DescribeExecutionCommand, ListExecutionsCommand, SFNClient } from '@aws-sdk/client-sfn';
import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';

/** The tests' own clients: what a handler did is looked at from outside. */
export const s3 = new S3Client({});
const stepFunctions = new SFNClient({});
const sns = new SNSClient({});
const sqs = new SQSClient({});
const ledger = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export async function createBucket(purpose: string): Promise<string> {
  const Bucket = `${purpose}-${randomUUID()}`;
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }));
  return Bucket;
}

/** The ledger as lib/ declares it; LEDGER_TABLE names it. */
export async function createLedger(): Promise<string> {
  const TableName = `ledger-${randomUUID()}`;
  const attribute = (AttributeName: string) => ({ AttributeName, AttributeType: 'S' }) as const;
  await new DynamoDBClient({}).send(
    new CreateTableCommand({
      TableName,
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: ['id', 'dataset', 'startedAt'].map(attribute),
      KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
      GlobalSecondaryIndexes: [
        {
          IndexName: 'by-dataset',
          KeySchema: [
            { AttributeName: 'dataset', KeyType: 'HASH' },
            { AttributeName: 'startedAt', KeyType: 'RANGE' },
          ],
          Projection: { ProjectionType: 'ALL' },
        },
      ],
    }),
  );
  process.env['LEDGER_TABLE'] = TableName;
  return TableName;
}

export async function readItem(id: string): Promise<Record<string, unknown> | undefined> {
  const request = new GetCommand({ TableName: process.env['LEDGER_TABLE'], Key: { id }, ConsistentRead: true });
  return (await ledger.send(request)).Item;
}

/** Sets attributes of an item, as another part of the app would. */
export async function changeItem(id: string, attributes: Record<string, unknown>): Promise<void> {
  const names = Object.keys(attributes);
  await ledger.send(
    new UpdateCommand({
      TableName: process.env['LEDGER_TABLE'],
      Key: { id },
      UpdateExpression: `set ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
      ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, attributes[name]])),
    }),
  );
}

/** A state machine of a dataset that waits, so that its executions stay in sight. */
export async function createStateMachine(dataset = 'purchases'): Promise<string> {
  const definition = { StartAt: 'Wait', States: { Wait: { Type: 'Wait', Seconds: 600, End: true } } };
  const { stateMachineArn = '' } = await stepFunctions.send(
    new CreateStateMachineCommand({
      name: `${randomUUID()}-${dataset}`,
      definition: JSON.stringify(definition),
      roleArn: 'arn:aws:iam::000000000000:role/test',
    }),
  );
  return stateMachineArn;
}

export async function executionNames(stateMachineArn: string): Promise<string[]> {
  const { executions = [] } = await stepFunctions.send(new ListExecutionsCommand({ stateMachineArn }));
  return executions.map(({ name = '' }) => name);
}

export async function executionInput(stateMachineArn: string, name: string): Promise<Record<string, unknown>> {
  const executionArn = `${stateMachineArn.replace(':stateMachine:', ':execution:')}:${name}`;
  const { input = '' } = await stepFunctions.send(new DescribeExecutionCommand({ executionArn }));
  return JSON.parse(input) as Record<string, unknown>;
}

export interface Received {
  readonly subject: string;
  readonly message: string;
  readonly attributes: Record<string, string>;
}

/** A topic, and what was published to it since it was last asked. */
export interface TestTopic {
  readonly arn: string;
  readonly received: () => Promise<Received[]>;
}

export async function createTopic(): Promise<TestTopic> {
  const { TopicArn: arn = '' } = await sns.send(new CreateTopicCommand({ Name: randomUUID() }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: randomUUID() }));
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }));
  await sns.send(new SubscribeCommand({ TopicArn: arn, Protocol: 'sqs', Endpoint: Attributes?.['QueueArn'] }));
  return { arn, received: () => receiveAll(QueueUrl ?? '') };
}

interface Envelope {
  readonly Subject: string;
  readonly Message: string;
  readonly MessageAttributes: Record<string, { readonly Value: string }>;
}

async function receiveAll(QueueUrl: string): Promise<Received[]> {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { ReceiptHandle } of Messages) await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  const received = Messages.map(({ Body = '' }) => {
    const { Subject, Message, MessageAttributes } = JSON.parse(Body) as Envelope;
    const attributes = Object.entries(MessageAttributes).map(([name, { Value }]) => [name, Value]);
    return { subject: Subject, message: Message, attributes: Object.fromEntries(attributes) as Record<string, string> };
  });
  return received.length === 0 ? [] : [...received, ...(await receiveAll(QueueUrl))];
}
