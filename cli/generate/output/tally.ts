import type { Contract } from '../../../contracts/contract';
import { DIMENSIONS, type Dimension } from '../../../contracts/scores';
import type { RowCounts } from '../../../contracts/run';
import type { Arrival } from '../arrivals';
import type { WrittenRow } from '../defect/spoiled';

/** What a file's scores must be, by the definitions of docs/quality.md. */
export type ExpectedScores = Readonly<Record<Dimension, { readonly passed: number; readonly total: number }>>;

/** Counts the rows of a file as they are written. */
export class Tally {
  rows = 0;
  readonly kinds: Record<Arrival['kind'], number> = { 'on time': 0, late: 0, wrong: 0, correction: 0 };
  readonly defects: Record<Dimension, number> = { completeness: 0, validity: 0, accuracy: 0, consistency: 0 };
  private filledAndRuled = 0;
  private readonly required: number;
  private readonly alwaysRuled: number;
  private readonly optionalRuled: readonly string[];
  private readonly requiredRuled: ReadonlySet<string>;

  constructor({ columns }: Contract) {
    const ruled = columns.filter(({ type, rules }) => type !== 'string' || Object.keys(rules).length > 0);
    this.required = columns.filter(({ required }) => required).length;
    this.optionalRuled = ruled.filter(({ required }) => !required).map(({ name }) => name);
    this.requiredRuled = new Set(ruled.filter(({ required }) => required).map(({ name }) => name));
    this.alwaysRuled = this.requiredRuled.size;
  }

  add({ row, fault, arrival, defect }: WrittenRow): void {
    this.rows += 1;
    this.filledAndRuled += this.alwaysRuled;
    for (const name of this.optionalRuled) if (row[name] != null || fault?.column === name) this.filledAndRuled += 1;
    if (defect === undefined) {
      this.kinds[arrival.kind] += 1;
      return;
    }
    this.defects[defect.dimension] += 1;
    if (defect.dimension !== 'consistency') this.kinds[arrival.kind] += 1;
    if (defect.dimension === 'completeness' && this.requiredRuled.has(defect.column)) this.filledAndRuled -= 1;
  }

  scores(): ExpectedScores {
    const { completeness, validity, accuracy, consistency } = this.defects;
    return {
      completeness: { passed: this.rows * this.required - completeness, total: this.rows * this.required },
      validity: { passed: this.filledAndRuled - validity, total: this.filledAndRuled },
      accuracy: { passed: this.rows - accuracy, total: this.rows },
      // Of a key that occurs twice neither row is unique.
      consistency: { passed: this.rows - 2 * consistency, total: this.rows },
    };
  }

  /** A row and its copy: the later one is published. */
  counts(): RowCounts {
    const { consistency, ...refusing } = this.defects;
    const quarantined = DIMENSIONS.reduce((sum, each) => sum + (each === 'consistency' ? 0 : refusing[each]), 0);
    return { read: this.rows, published: this.rows - quarantined - consistency, quarantined, deduplicated: consistency };
  }
}
