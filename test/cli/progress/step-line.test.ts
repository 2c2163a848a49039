import { expect, it } from 'vitest';
import { nameWidth, stepLine } from '../../../cli/progress/step-line';

const [FROM, TO] = ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:01.500Z'];
const step = (name: string) => ({ name, status: 'succeeded', startedAt: FROM, endedAt: TO }) as const;

it('sets the times of steps with long names under each other', () => {
  const steps = [step('dim_date'), step('customer_lifetime_value')];
  expect(steps.map((each) => stepLine(each, new Date(), nameWidth(steps)))).toEqual([
    'dim_date                   1.5 s',
    'customer_lifetime_value    1.5 s',
  ]);
  expect(nameWidth([step('dim_date')])).toBe(16);
});
