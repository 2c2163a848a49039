import { expect, it } from 'vitest';
import { plannedSteps } from '../../../cli/execution/plan';

const task = (next: object) => ({
  Type: 'Task',
  Catch: [{ ErrorEquals: ['States.ALL'], Next: 'ReportFailure' }],
  ...next,
});

/** The shape that lib gives a dataset's machine: a Glue step is a Parallel with a loop in it, targets are branches. */
const glue = (step: string, next: object) => ({
  Type: 'Parallel',
  Branches: [
    {
      StartAt: `Start ${step}`,
      States: {
        [`Start ${step}`]: { Type: 'Task', Next: `Wait for ${step}` },
        [`Wait for ${step}`]: { Type: 'Wait', Next: `How is ${step}` },
        [`How is ${step}`]: {
          Type: 'Choice',
          Choices: [{ Next: `${step} succeeded` }, { Next: `Wait for ${step}` }],
          Default: `${step} ended without a word`,
        },
        [`${step} succeeded`]: { Type: 'Succeed' },
        [`${step} ended without a word`]: { Type: 'Fail' },
      },
    },
  ],
  ...next,
});

const MACHINE = {
  StartAt: 'ValidateFile',
  States: {
    ValidateFile: task({ Next: 'BronzeToSilver' }),
    BronzeToSilver: glue('BronzeToSilver', { Next: 'Load' }),
    Load: {
      Type: 'Parallel',
      Next: 'Is every target loaded',
      Branches: [
        {
          StartAt: 'GoldToRds',
          States: { GoldToRds: glue('GoldToRds', { Next: 'UpsertRds' }), UpsertRds: task({ End: true }) },
        },
        { StartAt: 'LoadRedshift', States: { LoadRedshift: task({ End: true }) } },
      ],
    },
    'Is every target loaded': { Type: 'Choice', Choices: [{ Next: 'rds failed' }], Default: 'rds loaded' },
    'rds failed': { Type: 'Pass', Next: 'ReportFailure' },
    'rds loaded': { Type: 'Pass', Next: 'ReportSuccess' },
    ReportSuccess: task({ End: true }),
    ReportFailure: { Type: 'Task', Next: 'ETLJobFailed' },
    ETLJobFailed: { Type: 'Fail' },
  },
};

it('names the steps of a run that goes well, in order, without what a step is made of', () => {
  expect(plannedSteps(JSON.stringify(MACHINE))).toEqual([
    'ValidateFile',
    'BronzeToSilver',
    'GoldToRds',
    'UpsertRds',
    'LoadRedshift',
    'ReportSuccess',
  ]);
});

it('finds no step where every way ends in failure', () => {
  const machine = { StartAt: 'Try', States: { Try: { Type: 'Task', Next: 'Stop' }, Stop: { Type: 'Fail' } } };
  expect(plannedSteps(JSON.stringify(machine))).toEqual([]);
});
