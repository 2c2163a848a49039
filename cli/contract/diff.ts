import type { Contract } from '../../contracts/contract';
import { compareVersions, raisedPart, type VersionPart } from '../../contracts/version';
import { change, type Change, type Effect, type Place } from './change';
import type { Consumers } from './consumers';
import { columnChanges } from './diff-columns';
import { extractChanges } from './diff-extract';
import { fileChanges } from './diff-files';
import { modelChanges } from './diff-models';
import { gateChanges } from './diff-rules';

/** What a newer contract changes; the document that `--json` prints. */
export interface ContractDiff {
  readonly dataset: string;
  readonly from: string;
  readonly to: string;
  /** What must be raised for these changes; null without any. `isRaised` says that it was, or more. */
  readonly version: { readonly needed: VersionPart | null; readonly isRaised: boolean };
  readonly isBreaking: boolean;
  readonly changes: readonly Change[];
}

const BY_GRAVITY: readonly Effect[] = ['breaking', 'stricter', 'compatible'];
const PARTS: readonly (VersionPart | undefined)[] = [undefined, 'patch', 'minor', 'major'];

/** Every change between two contracts of one dataset, the gravest first. */
export function diffContracts(older: Contract, newer: Contract, consumers: Consumers): ContractDiff {
  const all = [
    ...versionChanges(older, newer),
    ...columnChanges(older, newer, consumers),
    ...modelChanges(older, newer, consumers),
    ...fileChanges(older, newer, consumers),
    ...extractChanges(older, newer),
    ...gateChanges(older, newer),
  ];
  const changes = BY_GRAVITY.flatMap((effect) => all.filter((found) => found.effect === effect));
  const isBreaking = changes.some(({ effect }) => effect !== 'compatible');
  const needed = changes.length === 0 ? null : isBreaking ? 'major' : 'minor';
  const raised = raisedPart(older.version, newer.version);
  const isRaised = PARTS.indexOf(raised) >= PARTS.indexOf(needed ?? undefined);
  return { dataset: newer.dataset, from: older.version, to: newer.version, version: { needed, isRaised }, isBreaking, changes };
}

function versionChanges({ version: from }: Contract, { version: to }: Contract): Change[] {
  if (compareVersions(to, from) >= 0) return [];
  const message = `lowered ${from} → ${to}: runs end with OutdatedContract where a table has become what ${from} says; only raise it`;
  return [change('version', 'breaking', message)];
}

/** The changes for people, each with the places of ours that break. */
export function diffText(diff: ContractDiff): string {
  const { dataset, from, to, changes } = diff;
  if (changes.length === 0) return `${dataset} ${from} → ${to}: no change of files, tables or rules`;
  const lines = changes.flatMap(({ effect, subject, message, consumers }) => [
    `${effect.padEnd(10)}  ${subject}  ${message}`,
    ...consumers.map((place) => `${' '.repeat(12)}${placeText(place)}`),
  ]);
  return [`${dataset} ${from} → ${to}`, ...lines, ...summary(diff)].join('\n');
}

function summary({ from, to, changes, version: { needed, isRaised } }: ContractDiff): string[] {
  const counts = BY_GRAVITY.map((effect) => `${changes.filter((found) => found.effect === effect).length} ${effect}`);
  const total = counts.filter((count) => !count.startsWith('0 ')).join(', ');
  if (isRaised) return [total];
  const next = nextVersion(from, needed);
  return [total, `the version went ${from} → ${to}; these changes need a new ${needed} version: ${next} or later`];
}

function nextVersion(version: string, needed: VersionPart | null): string {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  return needed === 'major' ? `${major + 1}.0.0` : `${major}.${minor + 1}.0`;
}

function placeText({ file, line, does }: Place): string {
  return `${file}:${line} ${does}`;
}
