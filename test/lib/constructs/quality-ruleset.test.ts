import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { expect, it } from 'vitest';
import { loadContracts } from '../../../contracts/catalog';
import { dqdl } from '../../../contracts/dqdl';
import { hasSilver } from '../../../contracts/targets';
import { QualityRuleset } from '../../../lib/constructs/quality-ruleset';
import { stages } from '../../../lib/stages';
import { purchases } from '../../contracts/purchases';
import { resourcesOf, stageNames } from '../support/templates';

it('is the contract in DQDL, without a table that is not there yet', () => {
  const stack = new Stack(new App(), 'lake');
  const contract = purchases();
  new QualityRuleset(stack, 'Quality', { stage: stages.dev, contract });
  const [ruleset] = Object.values(Template.fromStack(stack).findResources('AWS::Glue::DataQualityRuleset'));
  expect(ruleset).toEqual({
    Type: 'AWS::Glue::DataQualityRuleset',
    Properties: {
      Name: 'assay-dev-purchases',
      Description: 'Assay dev: the contract of purchases, for silver.purchases_by_file',
      Ruleset: dqdl(contract),
    },
  });
});

it.each(stageNames)('%s has one for each contract whose rows silver has', (stage) => {
  const rulesets = Object.entries(resourcesOf(stage, 'AWS::Glue::DataQualityRuleset'));
  expect(new Set(rulesets.map(([id]) => id.split('/')[0]))).toEqual(new Set(['lake']));
  const names = rulesets.map(([, { Properties }]) => Properties?.['Name']);
  const datasets = loadContracts('contracts').filter(hasSilver);
  expect(datasets.length).toBeGreaterThan(5);
  expect(names).toEqual(datasets.map(({ dataset }) => `assay-${stage}-${dataset}`));
});
