import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { awsClient } from '../aws/client';

/** A message to the people who run this: a mail has to be understood without any other page. */
export interface Message {
  readonly subject: string;
  /** "Label: value" each, but for lines without a label. */
  readonly lines: readonly string[];
  /** For subscription filters. */
  readonly attributes: Readonly<Record<string, string>>;
}

/** SNS allows subjects under 100 characters of ASCII, without line breaks. */
const MAX_SUBJECT = 99;

const sns = awsClient(SNSClient);

export async function publish(topicArn: string, { subject, lines, attributes }: Message): Promise<void> {
  await sns.send(
    new PublishCommand({
      TopicArn: topicArn,
      Subject: subject.replace(/[^\x20-\x7e]/g, '?').slice(0, MAX_SUBJECT),
      Message: lines.join('\n'),
      MessageAttributes: Object.fromEntries(
        Object.entries(attributes).map(([name, value]) => [name, { DataType: 'String', StringValue: value }]),
      ),
    }),
  );
}
