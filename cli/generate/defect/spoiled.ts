import { concerns, type Contract } from '../../../contracts/contract';
import type { Dimension } from '../../../contracts/scores';
import type { Arrival } from '../arrivals';
import type { Dataset } from '../dataset/dataset';
import type { Random } from '../random';
import type { Row } from '../row';
import type { Fault } from './fault';
import type { Places } from './places';

/** A row as it is written. */
export interface WrittenRow {
  readonly row: Row;
  readonly fault?: Fault;
  readonly arrival: Arrival;
  /** From 1, the header not counted. */
  readonly number: number;
  readonly defect?: Defect;
}

export interface Defect {
  readonly dimension: Dimension;
  /** As Assay names it: `required`, `type` …, a business rule, or `unique`. */
  readonly rule: string;
  /** Of a rule over several, all of them. */
  readonly column: string;
  /** The numbers of the rows: one, or of a row and its copy both. */
  readonly rows: readonly number[];
}

/** What a file is spoiled with. */
export interface Spoiling {
  readonly contract: Contract;
  readonly dataset: Dataset;
  /** By column. */
  readonly faults: readonly (readonly Fault[])[];
  readonly random: Random;
  readonly places: Places;
}

/** A copy is at most so many rows after its original, so that no more are waiting. */
const COPY_WITHIN = 50;

interface Copy {
  readonly original: number;
  readonly due: number;
  readonly row: Row;
  readonly arrival: Arrival;
}

/** The rows with their defects, at most one a row, and copies between them. */
export function* spoiled(arrivals: Iterable<Arrival>, spoiling: Spoiling): Generator<WrittenRow> {
  const { places, random } = spoiling;
  const copies: Copy[] = [];
  let number = 0;
  for (const arrival of arrivals) {
    number += 1;
    const dimension = places.next();
    if (dimension === undefined) yield { row: arrival.row, arrival, number };
    else if (dimension !== 'consistency') yield spoiledRow(spoiling, arrival, number, dimension);
    else {
      yield { row: arrival.row, arrival, number };
      copies.push(copyOf(spoiling, arrival, number, number + random.between(1, COPY_WITHIN)));
    }
    for (let index = 0; index < copies.length; index += 1) {
      const copy = copies[index];
      if (copy === undefined || copy.due > number) continue;
      copies.splice(index, 1);
      index -= 1;
      number += 1;
      yield written(copy, number, spoiling.contract);
    }
  }
  for (const copy of copies) {
    number += 1;
    yield written(copy, number, spoiling.contract);
  }
}

function copyOf({ dataset, random }: Spoiling, arrival: Arrival, original: number, due: number): Copy {
  const { row } = arrival;
  return { original, due, row: random.next() < 0.5 ? row : dataset.varied(row), arrival };
}

function written({ row, arrival, original }: Copy, number: number, { primaryKey }: Contract): WrittenRow {
  const defect = { dimension: 'consistency', rule: 'unique', column: primaryKey.join(', '), rows: [original, number] } as const;
  return { row, arrival, number, defect };
}

function spoiledRow(spoiling: Spoiling, arrival: Arrival, number: number, dimension: Dimension): WrittenRow {
  const { contract, faults, random } = spoiling;
  const { row } = arrival;
  const rows = [number];
  if (dimension === 'completeness') {
    const required = contract.columns.filter(({ name, required }) => required && !contract.primaryKey.includes(name));
    const { name: column } = random.pick(required);
    return { row: { ...row, [column]: null }, arrival, number, defect: { dimension, rule: 'required', column, rows } };
  }
  if (dimension === 'validity') {
    const fault = random.pick(random.pick(faults));
    return { row, fault, arrival, number, defect: { dimension, rule: fault.rule, column: fault.column, rows } };
  }
  const rule = random.pick(contract.businessRules);
  const named = contract.columns.filter(({ name }) => concerns(rule, name));
  const column = named.map(({ name }) => name).join(', ');
  const broken = spoiling.dataset.breakers[rule.name]?.(row, random) ?? row;
  return { row: broken, arrival, number, defect: { dimension, rule: rule.name, column, rows } };
}
