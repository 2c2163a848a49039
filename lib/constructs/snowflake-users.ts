import { RemovalPolicy } from 'aws-cdk-lib';
import { type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { Stage } from '../stages';
import { SNOWFLAKE_USERS, type SnowflakeUser } from '../../contracts/snowflake-users';

export interface SnowflakeUsersProps {
  readonly stage: Stage;
}

/**
 * A secret for each user of Snowflake. It holds no key before somebody puts one there: a key that CloudFormation knew would
 * be in the template or in its history.
 */
export class SnowflakeUsers extends Construct {
  readonly secrets: Readonly<Record<SnowflakeUser, ISecret>>;

  constructor(scope: Construct, id: string, { stage }: SnowflakeUsersProps) {
    super(scope, id);
    const create = (name: SnowflakeUser): ISecret =>
      new Secret(this, name, {
        secretName: `assay-${stage.name}-snowflake-${name}`,
        description: `Snowflake's ${SNOWFLAKE_USERS[name].user}: {user, privateKey}, the key in PEM (PKCS #8)`,
        generateSecretString: {
          secretStringTemplate: JSON.stringify({ user: SNOWFLAKE_USERS[name].user }),
          // Random letters, which are no key: whoever uses them is told to put one there.
          generateStringKey: 'privateKey',
        },
        removalPolicy: RemovalPolicy.DESTROY,
        // The library's own class and interface differ in what may be undefined.
      }) as ISecret;
    this.secrets = { loader: create('loader'), transformer: create('transformer'), reader: create('reader') };
  }
}
