import { createHash, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { jwtVerify } from 'jose';
import { expect, it } from 'vitest';
import { keyPairToken } from '../../../lambdas/snowflake/token';

const { privateKey, publicKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});
const now = new Date('2026-01-02T03:04:05Z');

it.each([
  ['myorg-account', 'MYORG-ACCOUNT.LOADER'],
  ['xy12345.eu-central-1', 'XY12345.LOADER'],
])('of %s names the user and the key, and is valid for minutes', async (account, subject) => {
  const token = await keyPairToken(account, { user: 'loader', privateKey }, now);
  const der = createPublicKey(publicKey).export({ type: 'spki', format: 'der' });
  const { payload, protectedHeader } = await jwtVerify(token, createPublicKey(publicKey), { currentDate: now });
  expect(protectedHeader.alg).toBe('RS256');
  expect(payload).toEqual({
    iss: `${subject}.SHA256:${createHash('sha256').update(der).digest('base64')}`,
    sub: subject,
    iat: now.getTime() / 1000,
    exp: now.getTime() / 1000 + 600,
  });
});
