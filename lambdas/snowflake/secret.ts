import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { z } from 'zod';
import { awsClient } from '../aws/client';

/** A user of Snowflake and its key; there is no password. */
export const SnowflakeSecret = z.object({
  user: z.string().min(1),
  /** PKCS #8 in PEM, not encrypted: what encrypts it is the secret. */
  privateKey: z.string().includes('BEGIN PRIVATE KEY'),
});
export type SnowflakeSecret = z.infer<typeof SnowflakeSecret>;

const secretsManager = awsClient(SecretsManagerClient);
let kept: { readonly arn: string; readonly secret: SnowflakeSecret } | undefined;

/** The user's secret, fetched once for a warm function, or again when Snowflake does not take what is kept. */
export async function snowflakeSecret(arn: string, { again = false } = {}): Promise<SnowflakeSecret> {
  if (!again && kept?.arn === arn) return kept.secret;
  const { SecretString } = await secretsManager.send(new GetSecretValueCommand({ SecretId: arn }));
  const secret = parseSecret(SecretString);
  // Not zod's own error: it would quote what it found.
  if (secret === undefined) throw new Error(`secret ${arn} is not {user, privateKey}, with a key in PEM (PKCS #8)`);
  kept = { arn, secret };
  return secret;
}

/** Undefined where the text is no such secret, as before somebody has put the key there. */
export function parseSecret(text = '{}'): SnowflakeSecret | undefined {
  try {
    return SnowflakeSecret.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}
