import { DescribeStacksCommand, CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { GetObjectCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';

const LOCAL = { region: 'us-east-1', credentials: { accessKeyId: 'test', secretAccessKey: 'test' } };

export async function stackOutput(endpoint: string, stack: string, name: string): Promise<string> {
  const client = new CloudFormationClient({ ...LOCAL, endpoint });
  const { Stacks: [found] = [] } = await client.send(new DescribeStacksCommand({ StackName: stack }));
  const value = found?.Outputs?.find(({ OutputKey }) => OutputKey === name)?.OutputValue;
  if (value === undefined) throw new Error(`stack ${stack} has no output ${name}`);
  return value;
}

/** Every current object of a bucket below the prefix: key → bytes. */
export async function objectsOf(endpoint: string, bucket: string, prefix = ''): Promise<Map<string, Buffer>> {
  const s3 = new S3Client({ ...LOCAL, endpoint, forcePathStyle: true });
  const { Contents: listed = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }));
  const objects = new Map<string, Buffer>();
  for (const { Key: key = '' } of listed) {
    const { Body: body } = await s3.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    objects.set(key, Buffer.from((await body?.transformToByteArray()) ?? []));
  }
  return objects;
}
