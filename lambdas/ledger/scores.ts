import type { Scores } from './items';

/** Between 0 and 1; where there was nothing to judge, nothing was wrong. */
export function scoreOf({ passed, total }: Scores[keyof Scores]): number {
  return total === 0 ? 1 : passed / total;
}
