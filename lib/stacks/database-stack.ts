import { CfnOutput, CustomResource, Duration, FileSystem, Stack, type StackProps } from 'aws-cdk-lib';
import type { IVpc } from 'aws-cdk-lib/aws-ec2';
import type { Construct } from 'constructs';
import { AssayFunction } from '../constructs/assay-function';
import { AuroraDatabase } from '../constructs/aurora-database';
import { ExistingDatabase } from '../constructs/existing-database';
import { lambdaBundle } from '../lambda-bundles';
import type { Stage } from '../stages';

export interface DatabaseStackProps extends StackProps {
  readonly stage: Stage;
  readonly vpc: IVpc;
}

/** The PostgreSQL that summaries are loaded into, with its tables. */
export class DatabaseStack extends Stack {
  readonly database: AuroraDatabase | ExistingDatabase;

  constructor(scope: Construct, id: string, props: DatabaseStackProps) {
    super(scope, id, props);
    this.database = this.createDatabase(props);
    this.migrate(props.stage);
    new CfnOutput(this, 'DatabaseSecretArn', { value: this.database.secret.secretArn });
  }

  private createDatabase(props: DatabaseStackProps): AuroraDatabase | ExistingDatabase {
    const { stage, vpc } = props;
    return stage.database.kind === 'aurora'
      ? new AuroraDatabase(this, 'Database', { ...stage.database, stage, vpc })
      : new ExistingDatabase(this, 'Database', { ...stage.database, stage });
  }

  /** Applies sql/rds/, which is in the function's bundle, at each deployment that changes it. */
  private migrate(stage: Stage): void {
    const step = 'migrate-rds';
    const migrateRds = new AssayFunction(this, 'MigrateRds', {
      stage,
      step,
      description: 'creates and changes the tables of the database: sql/rds/',
      memorySize: 256,
      timeout: Duration.minutes(5),
      database: this.database,
    });
    const migration = new CustomResource(this, 'Migration', {
      resourceType: 'Custom::RdsMigration',
      serviceToken: migrateRds.function.functionArn,
      serviceTimeout: Duration.minutes(6),
      properties: { bundle: FileSystem.fingerprint(lambdaBundle(step)) },
    });
    migration.node.addDependency(this.database, migrateRds);
  }
}
