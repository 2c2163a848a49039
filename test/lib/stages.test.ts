import { RemovalPolicy } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { stageNamed, stages } from '../../lib/stages';

describe('stages', () => {
  it('are found by name', () => {
    expect(stageNamed('prod')).toBe(stages.prod);
  });

  it.each([
    [undefined, 'no stage given: say -c stage=NAME, NAME one of local, dev, staging, prod'],
    ['production', 'no stage "production": say -c stage=NAME, NAME one of local, dev, staging, prod'],
    ['toString', 'no stage "toString": say -c stage=NAME, NAME one of local, dev, staging, prod'],
  ])('refuse %s', (name, message) => {
    expect(() => stageNamed(name)).toThrow(message);
  });

  it('bear the name they are found by', () => {
    for (const [name, stage] of Object.entries(stages)) expect(stage.name).toBe(name);
  });

  it('keep data and their stacks in staging and prod, and empty no bucket there', () => {
    for (const stage of [stages.staging, stages.prod]) {
      expect(stage).toMatchObject({
        dataRemoval: RemovalPolicy.RETAIN,
        autoDeleteObjects: false,
        terminationProtection: true,
      });
    }
  });
});
