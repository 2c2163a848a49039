import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { ACCOUNT, awsEnvironment, SNOWFLAKE_LAKE } from './environment';
import { readJson, writeJson, writeWhole } from './files';
import type { Folders } from './folders';

/** The name of the laptop's account. */
export const SNOWFLAKE_ACCOUNT = 'LAPTOP';

/** The services of `sql/snowflake/02_access.sql`, a user each. */
export const SNOWFLAKE_SERVICES = ['loader', 'transformer', 'reader'] as const;
export type SnowflakeService = (typeof SNOWFLAKE_SERVICES)[number];

export interface KeyPair {
  /** PKCS 8, PEM. */
  readonly privateKey: string;
  /** What Snowflake's `rsa_public_key` takes: the lines of the PEM between its first and its last, joined. */
  readonly publicKey: string;
}

/** What lets the laptop's own processes in: made once, readable by the user alone. */
export function snowflakeToken(folders: Folders): string {
  const path = folders.file('snowflake-token');
  if (!existsSync(path)) writeWhole(path, randomBytes(24).toString('hex'));
  return readFileSync(path, 'utf8');
}

/** The services' key pairs: made once, readable by the user alone. */
export function snowflakeKeys(folders: Folders): Readonly<Record<SnowflakeService, KeyPair>> {
  const path = folders.file('snowflake-keys.json');
  const known = readJson(path);
  if (known !== undefined) return known as Record<SnowflakeService, KeyPair>;
  const made = { loader: keyPair(), transformer: keyPair(), reader: keyPair() };
  writeJson(path, made);
  return made;
}

function keyPair(): KeyPair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  });
  return { privateKey, publicKey: publicKey.replace(/-----[^-]+-----|\n/g, '') };
}

/** Puts the users' keys into the secrets that the local stage has for them. */
export async function putSnowflakeKeys(folders: Folders, endpoint: string): Promise<void> {
  const keys = snowflakeKeys(folders);
  const {
    AWS_REGION: region,
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
  } = awsEnvironment(endpoint);
  const secrets = new SecretsManagerClient({ endpoint, region, credentials: { accessKeyId, secretAccessKey } });
  for (const service of SNOWFLAKE_SERVICES) {
    const secret = { user: `ASSAY_${service.toUpperCase()}_USER`, privateKey: keys[service].privateKey };
    const SecretId = `assay-local-snowflake-${service}`;
    await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: JSON.stringify(secret) }));
  }
  secrets.destroy();
}

/** Executes `sql/snowflake` on the laptop: the statements that an administrator executes once in an account. */
export async function setUpSnowflake(folders: Folders, port: number): Promise<void> {
  const keys = snowflakeKeys(folders);
  const publicKeys = SNOWFLAKE_SERVICES.map((service) => [`${service}_public_key`, keys[service].publicKey] as const);
  const variables: Record<string, string> = {
    lake_path: SNOWFLAKE_LAKE,
    lake_role_arn: `arn:aws:iam::${ACCOUNT}:role/assay-local-snowflake-storage`,
    allowed_addresses: '127.0.0.1/32',
    ...Object.fromEntries(publicKeys),
  };
  const answer = await fetch(`http://127.0.0.1:${port}/setup`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${snowflakeToken(folders)}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ variables }),
  });
  if (!answer.ok) throw new Error(`sql/snowflake cannot be executed: ${await answer.text()}`);
}
