import { Match, Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { concessionsOf } from '../../../lib/concessions-api';
import { stages } from '../../../lib/stages';
import { machineOf, path } from '../support/state-machine';
import { buildApp, jsonOf, resourcesOf, stageNames, templateOf } from '../support/templates';

const template = templateOf('prod', 'pipelines');
const machine = machineOf('assay-prod-extract-concessions');
const { States } = machine;

/** The environment of the function in a stage. */
function variablesOf(stage: (typeof stageNames)[number]): Record<string, unknown> {
  const functions = Object.values(resourcesOf(stage, 'AWS::Lambda::Function'));
  const found = functions.find(({ Properties }) => Properties?.['FunctionName'] === `assay-${stage}-extract-concessions`);
  return (found?.Properties?.['Environment'] as { Variables: Record<string, unknown> }).Variables;
}

describe('the state machine of an extract', () => {
  it('fetches until all is there, makes files of it, and moves the watermark last', () => {
    expect(path(machine)).toEqual(['ExtractConcessions', 'Is all there', 'FlattenExtract', 'EndExtract']);
    expect(States['Is all there']?.Choices).toEqual([
      { Variable: '$.isComplete', BooleanEquals: false, Next: 'Let the source be' },
      { Variable: '$.records', NumericEquals: 0, Next: 'EndExtract' },
    ]);
    expect(States['Let the source be']).toEqual({ Type: 'Wait', SecondsPath: '$.waitSeconds', Next: 'ExtractConcessions' });
    expect(States['EndExtract']?.['End']).toBe(true);
  });

  it('waits for its turn, and does not repeat what the function itself has tried until its budget was spent', () => {
    const [turn, spent, others] = States['ExtractConcessions']?.Retry ?? [];
    expect(turn?.ErrorEquals).toEqual(['TurnTaken']);
    expect(spent).toEqual({ ErrorEquals: ['SourceUnavailable', 'SourceChanging'], MaxAttempts: 0 });
    expect(others?.ErrorEquals).toEqual(expect.arrayContaining(['Runtime.ExitError', 'Sandbox.Timedout', 'AwsUnavailable']));
  });

  it('gives its turn back and tells people, whichever step fails', () => {
    for (const step of ['ExtractConcessions', 'FlattenExtract', 'EndExtract'])
      expect(States[`${step}Failed`], step).toMatchObject({ Type: 'Pass', Result: step, Next: 'GiveTurnBack' });
    expect(path({ ...machine, StartAt: 'GiveTurnBack' })).toEqual(['GiveTurnBack', 'ReportExtractFailure', 'ExtractFailed']);
    expect(States['ReportExtractFailure']?.['Parameters']).toMatchObject({ built: 'concessions' });
  });
});

describe('the API', () => {
  it.each(stageNames.filter((stage) => stage !== 'local'))('is asked over https in %s', (stage) => {
    expect(variablesOf(stage)['SOURCE_URL']).toMatch(/^https:\/\/.*\/v1\/concessions$/);
  });

  it('is asked once a day, where its host is no example', () => {
    const name = { Name: 'assay-prod-extract-concessions' };
    const { stacks } = buildApp({ ...stages.prod, concessions: concessionsOf('compliance.our-shops.com') });
    Template.fromStack(stacks.pipelines).hasResourceProperties('AWS::Scheduler::Schedule', name);
    template.resourcePropertiesCountIs('AWS::Scheduler::Schedule', name, 0);
  });

  it('is where the deployment says on a laptop, and asked on demand only', () => {
    expect(variablesOf('local')['SOURCE_URL']).toEqual({
      'Fn::Join': ['', [{ Ref: 'ConcessionsAddress' }, '/v1/concessions']],
    });
    expect(resourcesOf('local', 'AWS::Scheduler::Schedule')).toEqual({});
    expect(jsonOf('prod', 'pipelines').Parameters).not.toHaveProperty('ConcessionsAddress');
  });

  it('has a secret that nobody knows before a token is put there', () => {
    template.hasResourceProperties('AWS::SecretsManager::Secret', {
      Name: 'assay-prod-concessions',
      SecretString: Match.absent(),
      GenerateSecretString: { SecretStringTemplate: '{}', GenerateStringKey: 'token' },
    });
  });
});

it('the job puts files of its datasets into the inbox, and reads and writes nothing else there', () => {
  const policies = Object.entries(resourcesOf('prod', 'AWS::IAM::Policy')).filter(([id]) =>
    id.includes('JobsFlattenExtractRole'),
  );
  const text = JSON.stringify(policies);
  for (const dataset of ['concessions', 'concession_lines', 'concession_adjustments', 'concession_contacts'])
    expect(text).toContain(`"/${dataset}_*"`);
  expect(text.match(/InboxBucket[^]{0,80}?"\/\*"/)).toBeNull();
  expect(text).not.toContain('s3:DeleteObject');
});
