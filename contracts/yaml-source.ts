import { LineCounter, isMap, isNode, isScalar, parseDocument, visit, type Document } from 'yaml';
import type { z } from 'zod';
import { ContractError, type ContractFault } from './contract-error';

/** What is expected where. With `key` the fault is that key of the value, not the value. */
export interface PlacedFault {
  readonly path: readonly PropertyKey[];
  readonly key?: string;
  readonly message: string;
}

/** A YAML file as a value, and where in the text each part of it stands. */
export class YamlSource {
  /** The document as plain JSON. */
  readonly value: unknown;

  private constructor(
    private readonly fileName: string,
    private readonly document: Document,
    private readonly lines: LineCounter,
  ) {
    this.value = document.toJS();
  }

  /** Raises ContractError where the text is not YAML, repeats a key, or has a number that JavaScript would round. */
  static parse(text: string, fileName: string): YamlSource {
    const lines = new LineCounter();
    const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
    const broken = [...document.errors, ...document.warnings].map(({ pos, message }) => ({
      ...placeOf(lines, pos[0]),
      message: `not valid YAML: ${message}; correct the line`,
    }));
    const faults = broken.length > 0 ? broken : roundedNumbers(document, lines);
    if (faults.length > 0) throw new ContractError(fileName, faults);
    return new YamlSource(fileName, document, lines);
  }

  /** The value as the schema has it. Raises ContractError with every fault. */
  check<T>(schema: z.ZodType<T>): T {
    const result = schema.safeParse(this.value);
    if (result.success) return result.data;
    throw this.error(result.error.issues.flatMap(faultsOf));
  }

  error(faults: readonly PlacedFault[]): ContractError {
    return new ContractError(
      this.fileName,
      faults.map((fault) => ({ ...placeOf(this.lines, this.offsetOf(fault)), message: this.describe(fault) })),
    );
  }

  private describe({ path, key, message }: PlacedFault): string {
    const value = key === undefined ? this.valueAt(path) : undefined;
    const shown = value === undefined ? 'missing' : JSON.stringify(value);
    const got = key === undefined ? `is ${shown.length > 60 ? `${shown.slice(0, 60)}…` : shown}` : 'is not known here';
    return `${pathText(key === undefined ? path : [...path, key])} ${got}; ${message}`;
  }

  private valueAt(path: readonly PropertyKey[]): unknown {
    const step = (value: unknown, key: PropertyKey): unknown =>
      typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
    return path.reduce(step, this.value);
  }

  /** Where the value begins or the key stands; for what is missing, where its parent begins. */
  private offsetOf({ path, key }: PlacedFault): number {
    const value = this.document.getIn(path, true);
    const pair = isMap(value) && value.items.find((item) => isScalar(item.key) && item.key.value === key);
    if (pair) return beginningOf(pair.key) ?? 0;
    for (let length = path.length; length >= 0; length -= 1) {
      const offset = beginningOf(this.document.getIn(path.slice(0, length), true));
      if (offset !== undefined) return offset;
    }
    return 0;
  }
}

/** Such as schema[0].properties[2].logicalType. */
function pathText(path: readonly PropertyKey[]): string {
  const text = path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('');
  return text === '' ? 'the document' : text.replace(/^\./, '');
}

function placeOf(lines: LineCounter, offset: number): { line: number; column: number } {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

function beginningOf(node: unknown): number | undefined {
  return isNode(node) ? node.range?.[0] : undefined;
}

/** 15 significant digits fit a double whatever they are; a limit that silently is another number is a trap. */
function roundedNumbers(document: Document, lines: LineCounter): ContractFault[] {
  const faults: ContractFault[] = [];
  visit(document, {
    Scalar(_, { value, source = '', range }) {
      if (typeof value !== 'number') return;
      const digits = source.replace(/e.*$/i, '').replace(/\D/g, '').replace(/^0+/, '');
      if (digits.length <= 15) return;
      const message = `the number ${source} would be rounded; expected at most 15 significant digits; shorten it`;
      faults.push({ ...placeOf(lines, range?.[0] ?? 0), message });
    },
  });
  return faults;
}

function faultsOf(issue: z.core.$ZodIssue): PlacedFault[] {
  const { path, message } = issue;
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path, key, message: `${message}; correct its name or remove it` }));
  const expectation = expectationOf(issue);
  return [{ path, message: expectation.includes('; ') ? expectation : `${expectation}; correct it` }];
}

function expectationOf(issue: z.core.$ZodIssue): string {
  if (issue.message.startsWith('expected')) return issue.message;
  if (issue.code === 'invalid_type') return `expected ${/^[aeiou]/.test(issue.expected) ? 'an' : 'a'} ${issue.expected}`;
  if (issue.code === 'invalid_value') return `expected ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
  if (issue.code === 'too_small') return `expected ${issue.inclusive === false ? 'more than' : 'at least'} ${issue.minimum}`;
  if (issue.code === 'too_big') return `expected ${issue.inclusive === false ? 'less than' : 'at most'} ${issue.maximum}`;
  return issue.message;
}
