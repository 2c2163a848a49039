import { expect, it } from 'vitest';
import { STAGES } from '../../cli/stage';
import { stages } from '../../lib/stages';

it('knows the stages of the app', () => {
  expect(STAGES).toEqual(Object.keys(stages));
});
