import { expect, it } from 'vitest';
import { stepsSoFar } from '../../../cli/execution/steps';

const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));
const entered = (name: string, second: number, type: 'TaskStateEntered' | 'PassStateEntered' = 'TaskStateEntered') => ({
  type,
  timestamp: at(second),
  stateEnteredEventDetails: { name },
});
const left = (name: string, second: number) => ({
  type: 'TaskStateExited' as const,
  timestamp: at(second),
  stateExitedEventDetails: { name },
});
const iso = (second: number) => at(second).toISOString();
const PLAN = ['ValidateFile', 'StoreBronze', 'ArchiveFile'];

it('tells what is over, what runs and what is to come', () => {
  const events = [entered('ValidateFile', 1), left('ValidateFile', 2), entered('StoreBronze', 2)];
  expect(stepsSoFar(PLAN, events)).toEqual([
    { name: 'ValidateFile', status: 'succeeded', startedAt: iso(1), endedAt: iso(2) },
    { name: 'StoreBronze', status: 'running', startedAt: iso(2), endedAt: null },
    { name: 'ArchiveFile', status: 'pending', startedAt: null, endedAt: null },
  ]);
});

it('knows a failed step by the state that follows it', () => {
  const events = [
    entered('ValidateFile', 1),
    left('ValidateFile', 3),
    entered('ValidateFileFailed', 3, 'PassStateEntered'),
    entered('ReportFailure', 4),
  ];
  expect(stepsSoFar(PLAN, events)[0]).toEqual({
    name: 'ValidateFile',
    status: 'failed',
    startedAt: iso(1),
    endedAt: iso(3),
  });
});

it('calls a step failed that was not left when the execution was stopped', () => {
  const events = [entered('ValidateFile', 1), { type: 'ExecutionAborted' as const, timestamp: at(9) }];
  expect(stepsSoFar(PLAN, events)[0]).toEqual({
    name: 'ValidateFile',
    status: 'failed',
    startedAt: iso(1),
    endedAt: iso(9),
  });
});

it('counts a step once that is a loop of states with other names', () => {
  const events = [
    entered('StoreBronze', 1),
    entered('Wait for StoreBronze', 2),
    left('Wait for StoreBronze', 4),
    left('StoreBronze', 5),
  ];
  expect(stepsSoFar(['StoreBronze'], events)).toEqual([
    { name: 'StoreBronze', status: 'succeeded', startedAt: iso(1), endedAt: iso(5) },
  ]);
});

it('forgets what was before an execution began again', () => {
  const first = [entered('ValidateFile', 1), left('ValidateFile', 2), entered('StoreBronze', 2), left('StoreBronze', 3)];
  expect(stepsSoFar(PLAN, [...first, entered('ValidateFile', 30), left('ValidateFile', 31)])).toEqual([
    { name: 'ValidateFile', status: 'succeeded', startedAt: iso(30), endedAt: iso(31) },
    { name: 'StoreBronze', status: 'pending', startedAt: null, endedAt: null },
    { name: 'ArchiveFile', status: 'pending', startedAt: null, endedAt: null },
  ]);
});
