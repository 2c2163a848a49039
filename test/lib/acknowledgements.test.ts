import { describe, expect, it } from 'vitest';
import { AwsSolutionsChecks } from 'cdk-nag';
import { Stack } from 'aws-cdk-lib';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { acknowledgements, ExplainedSolutionsChecks, explanation } from '../../lib/acknowledgements';
import { appOf, buildApp, stageNames } from './support/templates';
import { stages } from '../../lib/stages';

describe('AwsSolutions', () => {
  it.each(stageNames)('finds nothing in %s that is not explained', (stage) => {
    const { app } = appOf(stage);
    app.synth();
    expect(new ExplainedSolutionsChecks(app).validateScope(app)).toEqual({ success: true, violations: [] });
  });

  it('still refuses what nobody explained', () => {
    const { app, stacks } = buildApp(stages.dev);
    new Bucket(stacks.lake, 'Careless');
    new Bucket(new Stack(app, 'other'), 'Careless');
    app.synth();
    const { success, violations } = new ExplainedSolutionsChecks(app).validateScope(app);
    expect(success).toBe(false);
    const found = violations.flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath ?? ''}`),
    );
    expect(found).toEqual([
      'AwsSolutions-S1 assay-dev-lake/Careless/Resource',
      'AwsSolutions-S1 other/Careless/Resource',
      'AwsSolutions-S10 assay-dev-lake/Careless/Resource',
      'AwsSolutions-S10 other/Careless/Resource',
    ]);
  });

  it('has no explanation left over, and each in one line', () => {
    const used = stageNames.flatMap((stage) => {
      const { app } = appOf(stage);
      app.synth();
      return new AwsSolutionsChecks(app)
        .validateScope(app)
        .violations.flatMap(({ ruleName, violatingResources }) =>
          violatingResources.map(({ constructPath }) => explanation(ruleName, constructPath ?? '')),
        );
    });
    expect(acknowledgements.filter((one) => !used.includes(one))).toEqual([]);
    for (const { reason } of acknowledgements) expect(reason).toMatch(/^.{20,130}$/);
  });
});
