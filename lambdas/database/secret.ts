import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { awsClient } from '../aws/client';

export const DatabaseSecret = z.object({
  host: z.string(),
  port: z.coerce.number(),
  username: z.string(),
  password: z.string(),
  dbname: z.string(),
  /** Absent: the server's certificate and name are verified. */
  sslmode: z.enum(['disable', 'verify-full']).default('verify-full'),
});
export type DatabaseSecret = z.infer<typeof DatabaseSecret>;

const secretsManager = awsClient(SecretsManagerClient);
let kept: { readonly arn: string; readonly secret: DatabaseSecret } | undefined;

/** The database's secret, fetched once for a warm function, or again when what is kept no longer opens the database. */
export async function databaseSecret({ again = false } = {}): Promise<DatabaseSecret> {
  const { DATABASE_SECRET_ARN: arn } = z.object({ DATABASE_SECRET_ARN: z.string().min(1) }).parse(process.env);
  if (!again && kept?.arn === arn) return kept.secret;
  const { SecretString } = await secretsManager.send(new GetSecretValueCommand({ SecretId: arn }));
  const secret = DatabaseSecret.safeParse(JSON.parse(SecretString ?? '{}'));
  // Not zod's own error: it would quote what it found.
  if (!secret.success) throw new Error(`secret ${arn} is not {host, port, username, password, dbname, sslmode?}`);
  kept = { arn, secret: secret.data };
  return secret.data;
}
