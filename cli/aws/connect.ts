import { status } from '../../local/laptop';
import { UserError } from '../failure';
import { LOCAL } from '../stage';
import { Account } from './account';

/** The account of a stage: the laptop's, or that of the user's own AWS credentials. */
export async function connect(stage: string): Promise<Account> {
  return new Account(stage, stage === LOCAL ? await laptopSettings() : {});
}

async function laptopSettings(): Promise<Account['settings']> {
  const laptop = await status();
  if (laptop === undefined) throw new UserError('the laptop is not running: start it with `npx assay up`');
  const { AWS_REGION: region, AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = laptop.environment;
  return { endpoint: laptop.endpoint, region, credentials: { accessKeyId, secretAccessKey } };
}
