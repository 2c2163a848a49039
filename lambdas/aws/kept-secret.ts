import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import type { z } from 'zod';
import { awsClient } from './client';

const secretsManager = awsClient(SecretsManagerClient);

export type ReadSecret<Secret> = (arn: string, options?: { readonly again?: boolean }) => Promise<Secret>;

/**
 * Reads a secret of this shape, which `words` says in messages: once for a warm function, or again when what is kept is no
 * longer taken.
 */
export function keptSecret<Secret>(shape: z.ZodType<Secret>, words: string): ReadSecret<Secret> {
  let kept: { readonly arn: string; readonly secret: Secret } | undefined;
  return async (arn, { again = false } = {}) => {
    if (!again && kept?.arn === arn) return kept.secret;
    const { SecretString } = await secretsManager.send(new GetSecretValueCommand({ SecretId: arn }));
    const secret = shape.safeParse(JSON.parse(SecretString ?? '{}'));
    // Not zod's own error: it would quote what it found.
    if (!secret.success) throw new Error(`secret ${arn} is not ${words}`);
    kept = { arn, secret: secret.data };
    return secret.data;
  };
}
