import { delimiter, dirname } from 'node:path';

/** Any region will do; this one is the emulator's default, so nothing has to be told. */
const REGION = 'us-east-1';
export const ACCOUNT = '000000000000';

/** Where the local stage leaves the files that Snowflake loads: bucket and prefix. */
export const SNOWFLAKE_LAKE = `assay-local-silver-${ACCOUNT}-${REGION}/_work/snowflake`;

export interface AwsEnvironment {
  readonly AWS_ENDPOINT_URL: string;
  readonly AWS_ENDPOINT_URL_S3: string;
  readonly AWS_REGION: string;
  readonly AWS_DEFAULT_REGION: string;
  readonly AWS_ACCESS_KEY_ID: string;
  readonly AWS_SECRET_ACCESS_KEY: string;
}

/** What points an SDK, the CDK or a Lambda at the laptop. */
export function awsEnvironment(endpoint: string): AwsEnvironment {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ENDPOINT_URL_S3: endpoint,
    AWS_REGION: REGION,
    AWS_DEFAULT_REGION: REGION,
    AWS_ACCESS_KEY_ID: 'laptop',
    AWS_SECRET_ACCESS_KEY: 'laptop',
  };
}

/** The environment for child processes: the laptop's AWS, and nothing of an AWS account that the user is logged in to. */
export function childEnvironment(endpoint: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !/^(AWS|CDK)_|_PROXY$/i.test(name));
  return {
    ...Object.fromEntries(inherited),
    ...awsEnvironment(endpoint),
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    // The emulator starts Lambdas with the `node` it finds.
    PATH: [dirname(process.execPath), process.env.PATH].join(delimiter),
  };
}
