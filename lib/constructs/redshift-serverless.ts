import { Aws, RemovalPolicy } from 'aws-cdk-lib';
import { SecurityGroup, SubnetType, type IVpc } from 'aws-cdk-lib/aws-ec2';
import { CompositePrincipal, type IGrantable, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnNamespace, CfnWorkgroup } from 'aws-cdk-lib/aws-redshiftserverless';
import { Construct } from 'constructs';
import type { LakeStack } from '../stacks/lake-stack';
import type { ServerlessWarehouseProps, Stage } from '../stages';
import { allow, allowKey, allowRead } from './access';
import { RpuLimit } from './rpu-limit';
import { WAREHOUSE_DATABASE, type Warehouse } from './warehouse';

export interface RedshiftServerlessProps extends ServerlessWarehouseProps {
  readonly stage: Stage;
  readonly vpc: IVpc;
  readonly lake: LakeStack;
}

const ADMIN = 'assay_admin';
/** Beside the recovery points that Redshift takes every half hour and keeps for a day. */
const FINAL_SNAPSHOT_DAYS = 35;

/**
 * Redshift Serverless in the private subnets: encrypted, TLS only, its administrator's password made and kept by AWS. It
 * reads the lake's work area in the name of a role of its own and nothing else.
 */
export class RedshiftServerless extends Construct implements Warehouse {
  readonly workgroupName: string;
  readonly workgroupArn: string;
  readonly database = WAREHOUSE_DATABASE;
  readonly adminSecretName: string;
  private readonly key: Key;

  constructor(scope: Construct, id: string, props: RedshiftServerlessProps) {
    super(scope, id);
    const { stage } = props;
    this.workgroupName = `assay-${stage.name}`;
    // How AWS names the secrets that it manages for a namespace.
    this.adminSecretName = `redshift!assay-${stage.name}-${ADMIN}`;
    this.key = new Key(this, 'Key', {
      description: `Assay ${stage.name}: warehouse`,
      enableKeyRotation: true,
      removalPolicy: stage.dataRemoval,
    });
    const namespace = this.createNamespace(props);
    const workgroup = this.createWorkgroup(props);
    workgroup.addResourceDependency(namespace);
    this.workgroupArn = workgroup.attrWorkgroupWorkgroupArn;
    new RpuLimit(this, 'RpuLimit', { stage, workgroupArn: this.workgroupArn, dailyRpuHours: props.dailyRpuHours });
  }

  allowAdmin(who: IGrantable): void {
    const secrets = `arn:${Aws.PARTITION}:secretsmanager:${Aws.REGION}:${Aws.ACCOUNT_ID}:secret`;
    allow(who, ['secretsmanager:GetSecretValue'], [`${secrets}:${this.adminSecretName}-??????`]);
    allow(who, ['kms:Decrypt'], [this.key.keyArn]);
  }

  private createNamespace({ stage, lake }: RedshiftServerlessProps): CfnNamespace {
    const copyRole = this.copyRole(lake).roleArn;
    const isKept = stage.dataRemoval === RemovalPolicy.RETAIN;
    const namespace = new CfnNamespace(this, 'Namespace', {
      namespaceName: `assay-${stage.name}`,
      dbName: this.database,
      adminUsername: ADMIN,
      manageAdminPassword: true,
      adminPasswordSecretKmsKeyId: this.key.keyArn,
      kmsKeyId: this.key.keyArn,
      iamRoles: [copyRole],
      defaultIamRoleArn: copyRole,
      logExports: ['userlog', 'connectionlog', 'useractivitylog'],
      ...(isKept && {
        finalSnapshotName: `assay-${stage.name}-final`,
        finalSnapshotRetentionPeriod: FINAL_SNAPSHOT_DAYS,
      }),
    });
    namespace.applyRemovalPolicy(stage.dataRemoval);
    return namespace;
  }

  private createWorkgroup({ vpc, baseCapacity, maxCapacity }: RedshiftServerlessProps): CfnWorkgroup {
    // Nobody comes in: the Data API does not go through the VPC.
    const group = new SecurityGroup(this, 'Closed', { vpc, description: 'the warehouse; no client of its own port' });
    return new CfnWorkgroup(this, 'Workgroup', {
      workgroupName: this.workgroupName,
      namespaceName: this.workgroupName,
      baseCapacity,
      maxCapacity,
      publiclyAccessible: false,
      enhancedVpcRouting: true,
      securityGroupIds: [group.securityGroupId],
      subnetIds: vpc.selectSubnets({ subnetType: SubnetType.PRIVATE_ISOLATED }).subnetIds,
      configParameters: [
        { parameterKey: 'require_ssl', parameterValue: 'true' },
        { parameterKey: 'enable_user_activity_logging', parameterValue: 'true' },
      ],
    });
  }

  /** In whose name COPY reads. */
  private copyRole(lake: LakeStack): Role {
    const services = ['redshift-serverless.amazonaws.com', 'redshift.amazonaws.com'].map((name) => new ServicePrincipal(name));
    const role = new Role(this, 'CopyRole', { assumedBy: new CompositePrincipal(...services) });
    allowRead(role, lake.buckets.silver, '_work/');
    allowKey(role, lake.key);
    return role;
  }
}
