import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { Port, SecurityGroup, SubnetType, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import {
  AuroraPostgresEngineVersion,
  ClusterInstance,
  Credentials,
  DatabaseCluster,
  DatabaseClusterEngine,
  type IClusterInstance,
} from 'aws-cdk-lib/aws-rds';
import { HostedRotation, type ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import type { AuroraProps, Stage } from '../stages';
import type { DatabaseNetwork, PostgresDatabase } from './postgres-database';

export interface AuroraDatabaseProps extends AuroraProps {
  readonly stage: Stage;
  readonly vpc: IVpc;
}

/** Not PostgreSQL's usual one: a scan of 5432 finds nothing. */
const port = 5433;

/** Aurora PostgreSQL Serverless v2 in the private subnets: encrypted, password generated and rotated monthly. */
export class AuroraDatabase extends Construct implements PostgresDatabase {
  readonly secret: ISecret;
  readonly network: DatabaseNetwork;
  readonly cluster: DatabaseCluster;

  constructor(scope: Construct, id: string, props: AuroraDatabaseProps) {
    super(scope, id);
    const { stage, vpc } = props;
    const key = new Key(this, 'Key', {
      description: `Assay ${stage.name}: database`,
      enableKeyRotation: true,
      removalPolicy: stage.dataRemoval,
    });
    this.cluster = this.createCluster(props, key);
    this.secret = this.rotatedSecret(vpc);
    this.network = { vpc, clients: this.clientGroup(vpc) };
  }

  private createCluster(props: AuroraDatabaseProps, key: Key): DatabaseCluster {
    const { stage, vpc } = props;
    const name = `assay-${stage.name}`;
    const instance = {
      publiclyAccessible: false,
      enablePerformanceInsights: true,
      performanceInsightEncryptionKey: key,
    };
    const standby: IClusterInstance[] = props.standby
      ? [ClusterInstance.serverlessV2('Standby', { ...instance, scaleWithWriter: true })]
      : [];
    const cluster = new DatabaseCluster(this, 'Cluster', {
      clusterIdentifier: name,
      engine: DatabaseClusterEngine.auroraPostgres({ version: AuroraPostgresEngineVersion.VER_17_7 }),
      writer: ClusterInstance.serverlessV2('Writer', instance),
      readers: standby,
      serverlessV2MinCapacity: props.minCapacity,
      serverlessV2MaxCapacity: props.maxCapacity,
      credentials: Credentials.fromGeneratedSecret('assay', { secretName: `${name}-database`, encryptionKey: key }),
      defaultDatabaseName: 'assay',
      port,
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
      iamAuthentication: true,
      storageEncrypted: true,
      storageEncryptionKey: key,
      backup: { retention: props.backupRetention },
      copyTagsToSnapshot: true,
      cloudwatchLogsExports: ['postgresql'],
      // Terse: a row that breaks a constraint would be in the log, with the customer's name.
      parameters: { 'rds.force_ssl': '1', log_error_verbosity: 'terse' },
      deletionProtection: stage.dataRemoval === RemovalPolicy.RETAIN,
      removalPolicy: stage.dataRemoval,
    });
    cluster.node.addDependency(this.logGroup(stage, name));
    return cluster;
  }

  /** RDS would make this group itself, and keep its lines for ever. */
  private logGroup(stage: Stage, cluster: string): LogGroup {
    return new LogGroup(this, 'Logs', {
      logGroupName: `/aws/rds/cluster/${cluster}/postgresql`,
      retention: stage.logRetention,
      removalPolicy: RemovalPolicy.DESTROY,
    });
  }

  private rotatedSecret(vpc: IVpc): ISecret {
    const { secret } = this.cluster;
    if (secret === undefined) throw new Error('the cluster was to generate its secret');
    const rotation = HostedRotation.postgreSqlSingleUser({
      vpc,
      vpcSubnets: { subnetType: SubnetType.PRIVATE_ISOLATED },
    });
    secret.addRotationSchedule('Rotation', { hostedRotation: rotation, automaticallyAfter: Duration.days(30) });
    this.cluster.connections.allowDefaultPortFrom(rotation);
    return secret;
  }

  private clientGroup(vpc: IVpc): SecurityGroup {
    const clients = new SecurityGroup(this, 'Clients', {
      vpc,
      description: 'functions and jobs that use the database',
    });
    // Glue wants the members of a connection's group to reach each other on every TCP port.
    clients.addIngressRule(clients, Port.allTcp(), 'between the workers of a Glue job');
    this.cluster.connections.allowDefaultPortFrom(clients);
    return clients;
  }
}
