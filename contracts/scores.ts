import { z } from 'zod';

/** A score's two numbers, and the least share that is enough, as decimal text. */
const Score = z.object({ passed: z.number(), total: z.number(), threshold: z.string() });
export type Score = z.infer<typeof Score>;
export const Scores = z.object({ completeness: Score, validity: Score, accuracy: Score, consistency: Score });
export type Scores = z.infer<typeof Scores>;

/** What a file is measured by. */
export type Dimension = keyof Scores;
export const DIMENSIONS = Scores.keyof().options;

/** How many rows a rule refused; the column is absent where the rule is about whole rows. */
export const FailedRule = z.object({ rule: z.string(), column: z.string().optional(), rows: z.number() });
export type FailedRule = z.infer<typeof FailedRule>;

/** `amount_aud: type: 3 rows` */
export function failedRuleText({ rule, column, rows }: FailedRule): string {
  return `${column === undefined ? rule : `${column}: ${rule}`}: ${rows} ${rows === 1 ? 'row' : 'rows'}`;
}

/** A bad row without what could be a person's: letters stand as x, digits as 9. */
export const SampleRow = z.object({ line: z.number(), text: z.string() });
export type SampleRow = z.infer<typeof SampleRow>;

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

/** Four decimals, cut: a score below its threshold must not look like it. */
export function scoreText(value: number): string {
  return (Math.floor(value * 10_000 + 1e-9) / 10_000).toFixed(4);
}
