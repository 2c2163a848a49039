import { Match } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { resourcesOf, stageNames, templateOf } from '../support/templates';

const template = templateOf('prod', 'pipelines');

describe('the task of dbt', () => {
  it('is the image of sql/dbt on Fargate, which logs and gets its key from its secret', () => {
    template.hasResourceProperties('AWS::ECS::TaskDefinition', {
      Family: 'assay-prod-dbt',
      RequiresCompatibilities: ['FARGATE'],
      NetworkMode: 'awsvpc',
      RuntimePlatform: { CpuArchitecture: 'ARM64', OperatingSystemFamily: 'LINUX' },
      ContainerDefinitions: [
        {
          Name: 'dbt',
          Command: ['build'],
          Image: { 'Fn::Sub': Match.stringLikeRegexp('/cdk-hnb659fds-container-assets-.*:[0-9a-f]{64}$') },
          LogConfiguration: {
            LogDriver: 'awslogs',
            Options: Match.objectLike({ 'awslogs-group': { Ref: Match.stringLikeRegexp('^DbtLogs') } }),
          },
          Secrets: [
            {
              Name: 'SNOWFLAKE_PRIVATE_KEY',
              ValueFrom: {
                'Fn::Join': ['', [{ 'Fn::ImportValue': Match.stringLikeRegexp('Userstransformer') }, ':privateKey::']],
              },
            },
          ],
        },
      ],
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/assay/prod/dbt', RetentionInDays: 365 });
  });

  it('has an image to pull in every stage of AWS, and none on the laptop', () => {
    const images = stageNames.map((stage) => {
      const [task] = Object.values(resourcesOf(stage, 'AWS::ECS::TaskDefinition'));
      const [container] = task?.Properties?.['ContainerDefinitions'] as { Image: unknown }[];
      return [stage, typeof container?.Image === 'string' ? container.Image : 'asset'];
    });
    expect(images).toEqual([
      ['local', 'dbt'],
      ['dev', 'asset'],
      ['staging', 'asset'],
      ['prod', 'asset'],
    ]);
  });

  it('starts with the rights to its image, its log and its secret, and runs with none', () => {
    const policies = template.findResources('AWS::IAM::Policy', {
      Properties: { Roles: [{ Ref: Match.stringLikeRegexp('^DbtTask') }] },
    });
    const [execution, ...others] = Object.values(policies);
    expect(others).toEqual([]);
    expect(Object.keys(template.findResources('AWS::IAM::Role', { Properties: { Policies: Match.anyValue() } }))).toEqual([]);
    expect(execution?.['Properties']).toMatchObject({
      Roles: [{ Ref: expect.stringMatching(/^DbtTaskExecutionRole/) as string }],
    });
    expect((execution?.['Properties'] as { PolicyDocument: { Statement: unknown } }).PolicyDocument.Statement).toEqual([
      {
        Effect: 'Allow',
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: { 'Fn::Join': ['', expect.arrayContaining([':repository/'])] },
      },
      { Effect: 'Allow', Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: { 'Fn::GetAtt': [expect.stringMatching(/^DbtLogs/), 'Arn'] },
      },
      {
        Effect: 'Allow',
        Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
        Resource: { 'Fn::ImportValue': expect.stringMatching(/RefUserstransformer/) as string },
      },
    ]);
  });
});
