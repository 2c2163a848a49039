import { expect, it } from 'vitest';
import { lastJobOf } from '../../contracts/archiving';
import { parseContract } from '../../contracts/contract';
import { changed, refusalOf, TEXT } from './purchases';

const BY_EVENT = [
  '  - property: archivePrefix',
  '  - property: archiving\n    value: event\n  - property: archivePrefix',
] as const;

it('files are archived by a step of the machine, unless the contract says that an event does it', () => {
  expect(parseContract(TEXT, 'x').archiving).toBe('step');
  expect(parseContract(changed(...BY_EVENT), 'x').archiving).toBe('event');
});

it('another way is refused', () => {
  const somehow = changed('value: event', 'value: somehow', changed(...BY_EVENT));
  expect(refusalOf(somehow)).toContain('customProperties[3].value is "somehow"; expected "step" or "event"; correct it');
});

it('by event only where one job comes last', () => {
  const two = changed('value: [rds]', 'value: [rds, redshift]', changed(...BY_EVENT));
  expect(refusalOf(two)).toContain(
    'customProperties[3].value is "event"; expected step: by event is archived what one Glue job comes last for',
  );
});

it.each([
  [[], [], 'bronze-to-silver'],
  [[], ['a model'], 'silver-to-gold'],
  [['rds'], ['a model'], 'gold-to-rds'],
  [['redshift'], [], 'silver-to-changes'],
  [['redshift', 'snowflake'], [], 'silver-to-changes'],
] as const)('the last job for the targets %j and models %j is %s', (targets, models, job) => {
  expect(lastJobOf({ targets, models })).toBe(job);
});
