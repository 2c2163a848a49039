import { S3Client } from '@aws-sdk/client-s3';
import { awsClient } from '../aws/client';

export const s3 = awsClient(S3Client);
