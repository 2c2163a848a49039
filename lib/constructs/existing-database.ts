import { CfnParameter, Stack } from 'aws-cdk-lib';
import { CfnSecret, type ISecret, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { ExistingDatabaseProps, Stage } from '../stages';
import type { PostgresDatabase } from './postgres-database';

export interface ExistingDatabaseSecretProps extends ExistingDatabaseProps {
  readonly stage: Stage;
}

/** A parameter's value is put between quotes as it is. */
const FITS_JSON = '^[^"\\\\]+$';

/**
 * The secret of a database that this app did not make. Its address and password are parameters of the deployment
 * (`DatabaseHost`, `DatabasePort`, `DatabasePassword`), so that no template ever carries them.
 */
export class ExistingDatabase extends Construct implements PostgresDatabase {
  readonly secret: ISecret;

  constructor(scope: Construct, id: string, props: ExistingDatabaseSecretProps) {
    super(scope, id);
    const parameters = Stack.of(this);
    const host = new CfnParameter(parameters, 'DatabaseHost', {
      description: 'host name of the PostgreSQL server',
      allowedPattern: FITS_JSON,
    });
    const port = new CfnParameter(parameters, 'DatabasePort', { description: 'its port', type: 'Number' });
    const password = new CfnParameter(parameters, 'DatabasePassword', {
      description: `password of ${props.username}`,
      noEcho: true,
      allowedPattern: FITS_JSON,
    });
    const resource = new CfnSecret(this, 'Secret', {
      name: `assay-${props.stage.name}-database`,
      description: 'PostgreSQL that Assay loads into',
      secretString: parameters.toJsonString({
        engine: 'postgres',
        host: host.valueAsString,
        port: port.valueAsNumber,
        username: props.username,
        password: password.valueAsString,
        dbname: props.databaseName,
        sslmode: props.sslMode,
      }),
    });
    this.secret = Secret.fromSecretCompleteArn(this, 'Imported', resource.ref);
  }
}
