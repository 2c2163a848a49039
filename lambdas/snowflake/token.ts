import { createHash, createPrivateKey, createPublicKey } from 'node:crypto';
import { SignJWT } from 'jose';
import type { SnowflakeSecret } from './secret';

/** Snowflake takes none that is valid for more than an hour. */
const VALID_SECONDS = 600;

/**
 * The token that shows Snowflake who speaks: signed by the user's key, and naming the user and the key's fingerprint.
 * Source: https://docs.snowflake.com/en/developer-guide/sql-api/authenticating
 */
export function keyPairToken(account: string, { user, privateKey }: SnowflakeSecret, now = new Date()): Promise<string> {
  const key = createPrivateKey(privateKey);
  const der = createPublicKey(key).export({ type: 'spki', format: 'der' });
  const fingerprint = `SHA256:${createHash('sha256').update(der).digest('base64')}`;
  // Of an account with a region in its name only the first part counts.
  const subject = `${account.split('.')[0]}.${user}`.toUpperCase();
  const issuedAt = Math.floor(now.getTime() / 1000);
  return new SignJWT()
    .setProtectedHeader({ alg: 'RS256' })
    .setIssuer(`${subject}.${fingerprint}`)
    .setSubject(subject)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + VALID_SECONDS)
    .sign(key);
}
