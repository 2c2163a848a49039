import type { Scores } from './file-item';

export const DIMENSIONS = ['completeness', 'validity', 'accuracy', 'consistency'] as const;
type Score = Scores[keyof Scores];

/** Between 0 and 1; where there was nothing to judge, nothing was wrong. */
export function scoreOf({ passed, total }: Score): number {
  return total === 0 ? 1 : passed / total;
}

/** Whether the score is at least its threshold; in whole numbers, since 0.95 is no binary fraction. */
export function isMet({ passed, total, threshold }: Score): boolean {
  const [whole = '0', decimals = ''] = threshold.split('.');
  const scale = 10n ** BigInt(decimals.length);
  return BigInt(passed) * scale >= BigInt(whole + decimals) * BigInt(total);
}

export type ScoreValues = Readonly<Record<keyof Scores, number>>;

export function scoreValues(scores: Scores): ScoreValues {
  const { completeness, validity, accuracy, consistency } = scores;
  return {
    completeness: scoreOf(completeness),
    validity: scoreOf(validity),
    accuracy: scoreOf(accuracy),
    consistency: scoreOf(consistency),
  };
}

/** Four decimals, cut: a score below its threshold must not look like it. */
export function scoreText(score: Score): string {
  return (Math.floor(scoreOf(score) * 10_000 + 1e-9) / 10_000).toFixed(4);
}
