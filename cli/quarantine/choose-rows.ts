import { UserError } from '../failure';
import type { Refused } from './release-file';

/** The refused rows with these numbers, or all; those that came back before are left out. Raises UserError for an unknown number. */
export function chooseRows(refused: readonly Refused[], numbers: readonly number[] | undefined): Refused[] {
  const known = new Map(refused.map((each) => [each.row, each]));
  const unknown = numbers?.filter((number) => !known.has(number)) ?? [];
  if (unknown.length > 0)
    throw new UserError(
      `of the run's refused rows none has the number ${unknown.slice(0, 5).join(', ')}: see \`npx assay quarantine show\``,
    );
  const chosen = numbers === undefined ? refused : [...new Set(numbers)].flatMap((number) => known.get(number) ?? []);
  return chosen.filter(({ releasedBy }) => releasedBy === null);
}
