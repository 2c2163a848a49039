import { CommanderError } from 'commander';
import { expect, it } from 'vitest';
import { ContractError } from '../../contracts/contract-error';
import { endingOf } from '../../cli/errors';
import { Interrupted, UsageError, UserError } from '../../cli/failure';

const { signal } = new AbortController();
const named = (name: string, message: string, more: object = {}) => Object.assign(new Error(message), { name, ...more });

const ENDINGS: readonly (readonly [Error, object])[] = [
  [new UserError('do this'), { code: 1, message: 'do this' }],
  [new UsageError('not so'), { code: 2, message: 'not so' }],
  [new CommanderError(1, 'commander.unknownCommand', 'said already'), { code: 2 }],
  [new CommanderError(0, 'commander.helpDisplayed', 'help'), { code: 0 }],
  [
    new ContractError('a.odcs.yaml', [{ line: 3, column: 5, message: 'name is missing' }]),
    { code: 1, message: 'a.odcs.yaml:3:5: name is missing' },
  ],
  [
    named('CredentialsProviderError', 'Could not load credentials'),
    { code: 1, message: 'no valid AWS credentials (Could not load credentials): sign in, or set AWS_PROFILE' },
  ],
  [named('Error', 'Region is missing'), { code: 1, message: 'no AWS region is set: set AWS_REGION' }],
  [
    named('Error', 'connect', { code: 'ECONNREFUSED' }),
    { code: 1, message: 'AWS does not answer: for the laptop see `npx assay status`' },
  ],
];

it.each(ENDINGS)('ends %s with its code and one line', (error, ending) => {
  expect(endingOf(error, signal)).toEqual(ending);
});

it('names what it did not expect and how to see more, in one line', () => {
  const { code, message } = endingOf(new TypeError('x is not\na function'), signal);
  expect(code).toBe(1);
  expect(message).toBe('unexpected TypeError: x is not (ASSAY_DEBUG=1 shows where; `npx assay status` names the logs)');
});

it('ends as interrupted whatever the interruption made fail', () => {
  const controller = new AbortController();
  controller.abort(new Interrupted(130));
  expect(endingOf(new Error('aborted'), controller.signal)).toEqual({ code: 130, message: 'interrupted' });
});
