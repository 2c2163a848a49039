/** Below zero, zero or above, as version `one` is before `other`, the same or after. Both are as 1.0.0. */
export function compareVersions(one: string, other: string): number {
  const [parts, others] = [numbersOf(one), numbersOf(other)];
  const differing = parts.findIndex((part, index) => part !== others[index]);
  return differing < 0 ? 0 : (parts[differing] ?? 0) - (others[differing] ?? 0);
}

export type VersionPart = 'major' | 'minor' | 'patch';

/** The first part that differs where the version was raised; undefined where it was not. */
export function raisedPart(from: string, to: string): VersionPart | undefined {
  if (compareVersions(to, from) <= 0) return undefined;
  const [before, after] = [numbersOf(from), numbersOf(to)];
  if (before[0] !== after[0]) return 'major';
  return before[1] === after[1] ? 'patch' : 'minor';
}

function numbersOf(version: string): number[] {
  return version.split('.').map(Number);
}
