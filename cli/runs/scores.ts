import { scoreOf, type Dimension, type Scores } from '../../contracts/scores';

export type ScoreValues = Readonly<Record<Dimension, number>>;

export function scoreValues({ completeness, validity, accuracy, consistency }: Scores): ScoreValues {
  return {
    completeness: scoreOf(completeness),
    validity: scoreOf(validity),
    accuracy: scoreOf(accuracy),
    consistency: scoreOf(consistency),
  };
}
