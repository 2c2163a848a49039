import { z } from 'zod';
import { keptSecret } from '../aws/kept-secret';

/** A user of Snowflake and its key; there is no password. */
const SnowflakeSecret = z.object({
  user: z.string().min(1),
  /** PKCS #8 in PEM, not encrypted: what encrypts it is the secret. */
  privateKey: z.string().includes('BEGIN PRIVATE KEY'),
});
export type SnowflakeSecret = z.infer<typeof SnowflakeSecret>;

export const snowflakeSecret = keptSecret(SnowflakeSecret, '{user, privateKey}, with a key in PEM (PKCS #8)');
