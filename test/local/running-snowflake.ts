import { createHash, createPublicKey, sign } from 'node:crypto';
import { Folders } from '../../local/folders';
import type { Laptop } from '../../local/laptop';
import { snowflakeKeys, type SnowflakeService } from '../../local/snowflake';

/** A statement of that service's user on a laptop that runs: the data that Snowflake's SQL API answers. */
export async function snowflakeRows(laptop: Laptop, service: SnowflakeService, statement: string): Promise<unknown> {
  const { host, port } = laptop.snowflake;
  const answer = await fetch(`http://${host}:${port}/api/v2/statements`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${token(service)}`, 'X-Snowflake-Authorization-Token-Type': 'KEYPAIR_JWT' },
    body: JSON.stringify({ statement, database: 'ASSAY' }),
  });
  const body = (await answer.json()) as { data?: unknown; message: string };
  if (!answer.ok) throw new Error(body.message);
  return body.data;
}

function token(service: SnowflakeService): string {
  const { privateKey } = snowflakeKeys(new Folders())[service];
  const der = createPublicKey(privateKey).export({ type: 'spki', format: 'der' });
  const user = `LAPTOP.ASSAY_${service.toUpperCase()}_USER`;
  const iat = Math.floor(Date.now() / 1000);
  const iss = `${user}.SHA256:${createHash('sha256').update(der).digest('base64')}`;
  const parts = [
    { alg: 'RS256', typ: 'JWT' },
    { iss, sub: user, iat, exp: iat + 3000 },
  ];
  const content = parts.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${content}.${sign('sha256', Buffer.from(content), privateKey).toString('base64url')}`;
}
