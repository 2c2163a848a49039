import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { projectRoot } from '../../lib/project-root';
import { type Stage, stages } from '../../lib/stages';
import { buildApp, stackNames, type TemplateJson } from './support/templates';

/** What each prop that local and dev do not share changes, from dev's template to local's. */
const expected: Readonly<Record<string, readonly string[]>> = {
  database: [
    'database: + AWS::SecretsManager::Secret',
    'database: - AWS::EC2::SecurityGroup',
    'database: - AWS::EC2::SecurityGroupIngress',
    'database: - AWS::KMS::Key',
    'database: - AWS::Logs::LogGroup',
    'database: - AWS::RDS::DBCluster',
    'database: - AWS::RDS::DBClusterParameterGroup',
    'database: - AWS::RDS::DBInstance',
    'database: - AWS::RDS::DBSubnetGroup',
    'database: - AWS::SecretsManager::ResourcePolicy',
    'database: - AWS::SecretsManager::RotationSchedule',
    'database: - AWS::SecretsManager::Secret',
    'database: - AWS::SecretsManager::SecretTargetAttachment',
    'database: AWS::IAM::Policy PolicyDocument',
    'database: AWS::Lambda::Function Environment',
    'database: AWS::Lambda::Function VpcConfig',
    'database: Custom::RdsMigration DependsOn',
    'database: Outputs',
    'database: Parameters',
    'database: Transform',
    'network: Outputs',
    'pipelines: - AWS::Glue::Connection',
    'pipelines: AWS::Glue::Job Connections',
    'pipelines: AWS::Glue::Job DefaultArguments',
    'pipelines: AWS::IAM::Policy PolicyDocument',
    'pipelines: AWS::Lambda::Function Environment',
    'pipelines: AWS::Lambda::Function VpcConfig',
  ],
  warehouse: [
    'pipelines: AWS::IAM::Policy PolicyDocument',
    'pipelines: AWS::Lambda::Function Environment',
    'warehouse: - AWS::EC2::SecurityGroup',
    'warehouse: - AWS::IAM::Policy',
    'warehouse: - AWS::IAM::Role',
    'warehouse: - AWS::KMS::Key',
    'warehouse: - AWS::Lambda::Function',
    'warehouse: - AWS::Logs::LogGroup',
    'warehouse: - AWS::RedshiftServerless::Namespace',
    'warehouse: - AWS::RedshiftServerless::Workgroup',
    'warehouse: - Custom::AWS',
    'warehouse: AWS::IAM::Policy PolicyDocument',
    'warehouse: AWS::Lambda::Function Environment',
    'warehouse: Custom::RedshiftMigration DependsOn',
    'warehouse: Outputs',
  ],
  refresh: ['pipelines: - AWS::Events::Rule', 'pipelines: - AWS::IAM::Policy', 'pipelines: - AWS::IAM::Role'],
  snowflake: [
    'network: - AWS::EC2::EIP',
    'network: - AWS::EC2::InternetGateway',
    'network: - AWS::EC2::NatGateway',
    'network: - AWS::EC2::Route',
    'network: - AWS::EC2::RouteTable',
    'network: - AWS::EC2::Subnet',
    'network: - AWS::EC2::SubnetRouteTableAssociation',
    'network: - AWS::EC2::VPCGatewayAttachment',
    'network: AWS::EC2::VPCEndpoint RouteTableIds',
    'network: Outputs',
    'pipelines: - AWS::IAM::Policy',
    'pipelines: - AWS::IAM::Role',
    'pipelines: - AWS::Scheduler::Schedule',
    'pipelines: AWS::ECS::TaskDefinition ContainerDefinitions',
    'pipelines: AWS::IAM::Policy PolicyDocument',
    'pipelines: AWS::Lambda::Function VpcConfig',
    'pipelines: AWS::StepFunctions::StateMachine DefinitionString',
  ],
  transactions: ['pipelines: - AWS::IAM::Policy', 'pipelines: - AWS::IAM::Role', 'pipelines: - AWS::Scheduler::Schedule'],
  concessions: ['pipelines: AWS::Lambda::Function Environment', 'pipelines: Parameters'],
  autoDeleteObjects: [
    'lake: - AWS::IAM::Role',
    'lake: - AWS::Lambda::Function',
    'lake: - Custom::S3AutoDeleteObjects',
    'lake: AWS::S3::Bucket Tags',
    'lake: AWS::S3::BucketPolicy PolicyDocument',
  ],
  pollEvery: ['pipelines: AWS::StepFunctions::StateMachine DefinitionString'],
  encryptJobLogs: [
    'pipelines: - AWS::Glue::SecurityConfiguration',
    'pipelines: AWS::Glue::Job DefaultArguments',
    'pipelines: AWS::Glue::Job SecurityConfiguration',
    'pipelines: AWS::IAM::Policy PolicyDocument',
  ],
  flowLogs: [
    'network: - AWS::EC2::FlowLog',
    'network: - AWS::IAM::Policy',
    'network: - AWS::IAM::Role',
    'network: - AWS::Logs::LogGroup',
  ],
  alarmPeriod: ['pipelines: AWS::CloudWatch::Alarm Period'],
};

const propNames = Object.keys(stages.local) as (keyof Stage)[];
const differing = propNames.filter((key) => key !== 'name' && json(stages.local[key]) !== json(stages.dev[key]));

it('the local templates differ from those of dev by stage props only, each where it should', () => {
  const dev = templates(stages.dev);
  const changes = Object.fromEntries(
    differing.map((key) => [key, difference(dev, templates({ ...stages.dev, [key]: stages.local[key] }))]),
  );
  console.log(
    Object.entries(changes)
      .map(([key, lines]) =>
        [`${key}: dev ${json(stages.dev[key as keyof Stage])}, local ${json(stages.local[key as keyof Stage])}`, ...lines].join(
          '\n    ',
        ),
      )
      .join('\n'),
  );
  expect(changes).toEqual(expected);
  const whole = difference(dev, templates({ ...stages.local, name: 'dev' }));
  expect(whole.filter((line) => !Object.values(changes).flat().includes(line))).toEqual([]);
});

it('nothing that makes a template asks which stage it is for', () => {
  const sources = readdirSync(join(projectRoot, 'lib'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts') && !['stages.ts', 'acknowledgements.ts'].includes(path))
    .map((path) => [path, readFileSync(join(projectRoot, 'lib', path), 'utf8')] as const);
  expect(sources.length).toBeGreaterThan(20);
  for (const [path, text] of sources) expect(text, path).not.toMatch(/'(local|dev|staging|prod)'|name\s*[!=]==/);
});

function templates(stage: Stage): Record<string, TemplateJson> {
  const { stacks } = buildApp(stage);
  return Object.fromEntries(stackNames.map((name) => [name, Template.fromStack(stacks[name]).toJSON() as TemplateJson]));
}

/** One line for each resource that comes or goes, and each property that changes: the stack, the type, what. */
function difference(one: Record<string, TemplateJson>, other: Record<string, TemplateJson>): string[] {
  const lines = stackNames.flatMap((stack) => {
    const [before = { Resources: {} }, after = { Resources: {} }] = [one[stack], other[stack]];
    const ids = [...new Set([before, after].flatMap(({ Resources }) => Object.keys(Resources)))];
    const resources = ids.flatMap((id) => changesOf(before.Resources[id], after.Resources[id]));
    const sections = (['Parameters', 'Outputs', 'Transform'] as const).filter(
      (section) => json(before[section]) !== json(after[section]),
    );
    return [...resources, ...sections].map((line) => `${stack}: ${line}`);
  });
  return [...new Set(lines)].sort();
}

type Resource = TemplateJson['Resources'][string];

function changesOf(before: Resource | undefined, after: Resource | undefined): string[] {
  if (before === undefined) return [`+ ${after?.Type}`];
  if (after === undefined) return [`- ${before.Type}`];
  if (before.Type !== after.Type) return [`${before.Type} → ${after.Type}`];
  const parts = (resource: Resource): Record<string, unknown> => ({
    ...resource,
    ...resource.Properties,
    Properties: '',
  });
  const keys = Object.keys({ ...parts(before), ...parts(after) });
  return keys.filter((key) => json(parts(before)[key]) !== json(parts(after)[key])).map((key) => `${before.Type} ${key}`);
}

function json(value: unknown): string {
  return value === undefined ? '–' : JSON.stringify(value);
}
