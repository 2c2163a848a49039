import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, it } from 'vitest';
import { loadContracts } from '../../../contracts/catalog';
import type { Target } from '../../../contracts/targets';
import { stages } from '../../../lib/stages';
import { type Machine, machineOf, path, type State } from '../support/state-machine';
import { buildApp, type Resource } from '../support/templates';

/** Datasets with targets that ours do not have together. */
const TARGETS: Readonly<Record<string, readonly Target[]>> = {
  orders: ['redshift', 'snowflake'],
  products: ['snowflake', 'redshift'],
  purchases: ['rds', 'redshift', 'snowflake'],
};
const contracts = loadContracts('contracts').map((contract) => ({
  ...contract,
  targets: TARGETS[contract.dataset] ?? contract.targets,
}));
const { pipelines } = buildApp(stages.dev, contracts).stacks;
const machines = Template.fromStack(pipelines).findResources('AWS::StepFunctions::StateMachine') as Record<string, Resource>;
const machine = (dataset: string) => machineOf(`assay-dev-${dataset}`, machines);
const state = ({ States }: Machine, name: string): State => States[name] ?? { Type: 'missing' };
const branches = (dataset: string) => state(machine(dataset), 'Load').Branches?.map(path);
const changesOf = (dataset: string) => {
  const [loop] = state(machine(dataset), 'SilverToChanges').Branches ?? [];
  const { Arguments } = state(loop as Machine, 'Start SilverToChanges')['Parameters'] as { Arguments: Record<string, string> };
  return Arguments['--changes_folder.$'];
};
const payloadOf = (dataset: string, step: string) => {
  const inside = state(machine(dataset), 'Load').Branches?.find(({ States }) => step in States);
  return state(inside as Machine, step)['Parameters'];
};

describe('a dataset for both warehouses', () => {
  const both = machine('orders');

  it('writes what a file changed once, then loads both at once', () => {
    const before = ['ValidateFile', 'StoreBronze', 'BronzeToSilver', 'SilverToChanges', 'Load', 'Is every target loaded'];
    expect(path(both)).toEqual([...before, 'redshift loaded', 'snowflake loaded', 'ArchiveFile', 'ReportSuccess']);
    expect(branches('orders')).toEqual([['LoadRedshift'], ['PublishSnowflake']]);
    expect(branches('products')).toEqual([['PublishSnowflake'], ['LoadRedshift']]);
  });

  it('has the rows where Snowflake can read them, and tells both whose they are', () => {
    const folder = "States.Format('snowflake/{}/changes/', $.runId)";
    expect(changesOf('orders')).toBe(folder);
    const columns = expect.arrayContaining([expect.objectContaining({ name: 'order_id' })]) as unknown;
    const table = { columns, primaryKey: ['order_id'] };
    expect(payloadOf('orders', 'PublishSnowflake')).toEqual({ 'run.$': '$', table });
    expect(payloadOf('orders', 'LoadRedshift')).toEqual({
      ...{ 'run.$': '$', table, 'changes.$': folder },
      'attempt.$': '$$.State.RetryCount',
    });
  });

  it('ends where the job fails, and lets one that failed wait for the other', () => {
    expect(state(both, 'SilverToChangesFailed').Next).toBe('ReportFailure');
    expect(state(both, 'Is every target loaded')).toMatchObject({
      Choices: [
        { Variable: '$.loads[0].failure', IsPresent: true, Next: 'redshift failed' },
        { Variable: '$.loads[1].failure', IsPresent: true, Next: 'snowflake failed' },
      ],
      Default: 'redshift loaded',
    });
    for (const [place, step] of ['LoadRedshift', 'PublishSnowflake'].entries()) {
      const branch = state(both, 'Load').Branches?.[place] as Machine;
      expect(state(branch, `${step}Failed`), step).toMatchObject({ ResultPath: '$.failure.step', End: true });
    }
  });
});

describe('a dataset for Redshift alone', () => {
  it('has the same steps, and its rows where only Redshift reads', () => {
    const steps = ['SilverToChanges', 'Load', 'Is every target loaded', 'redshift loaded', 'ArchiveFile', 'ReportSuccess'];
    expect(path(machine('customers')).slice(3)).toEqual(steps);
    expect(branches('customers')).toEqual([['LoadRedshift']]);
    expect(changesOf('customers')).toBe("States.Format('{}/changes/', $.runId)");
  });
});

describe('a dataset for the database, too', () => {
  const all = machine('purchases');

  it('loads the database even where the job for the warehouses failed, and then fails', () => {
    expect(state(all, 'SilverToChangesFailed').Next).toBe('Load');
    const [rds, redshift, snowflake] = state(all, 'Load').Branches ?? [];
    expect(path(rds as Machine)).toEqual(['GoldToRds', 'UpsertRds']);
    for (const [branch, step] of [[redshift, 'LoadRedshift'] as const, [snowflake, 'PublishSnowflake'] as const])
      expect(state(branch as Machine, `Are there changes for ${step}`)).toMatchObject({
        Choices: [{ Variable: '$.failure', IsPresent: true, Next: `Nothing for ${step}` }],
        Default: step,
      });
    expect(state(all, 'Is every target loaded').Choices?.[0]).toMatchObject({ Variable: '$.failure', Next: 'ReportFailure' });
  });
});

describe('a dataset without a warehouse', () => {
  it('has no job for one', () => {
    const withJob = Object.values(machines).filter(({ Properties }) => JSON.stringify(Properties).includes('SilverToChanges'));
    const names = withJob.map(({ Properties }) => String(Properties?.['StateMachineName']));
    expect(names.sort()).not.toContain('assay-dev-sales');
    expect(names).toHaveLength(contracts.filter(({ targets }) => targets.includes('redshift')).length);
  });
});
