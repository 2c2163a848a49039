import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import { parseContract, type Contract } from '../../contracts/contract';
import { ContractError } from '../../contracts/contract-error';

export const TEXT = readFileSync(new URL('../../contracts/purchases.odcs.yaml', import.meta.url), 'utf8');

export function purchases(): Contract {
  return parseContract(TEXT, 'purchases.odcs.yaml');
}

/** The contract's text with one thing changed; what is to be changed must be there. */
export function changed(from: string, to: string, text = TEXT): string {
  if (!text.includes(from)) throw new Error(`the contract has no ${JSON.stringify(from)}`);
  return text.replace(from, () => to);
}

/** The line and column where the text stands, counted from 1. */
export function placeOf(text: string, found: string): string {
  const offset = text.indexOf(found);
  if (offset < 0) throw new Error(`the contract has no ${JSON.stringify(found)}`);
  const before = text.slice(0, offset).split('\n');
  return `${before.length}:${(before.at(-1) ?? '').length + 1}`;
}

/** The message of the error that the text raises. */
export function refusalOf(text: string): string {
  try {
    parseContract(text, 'purchases.odcs.yaml');
  } catch (error) {
    if (error instanceof ContractError) return error.message;
    throw error;
  }
  throw new Error('the contract was accepted');
}

/** What is changed in the contract, where the message must point (nowhere in particular, if empty), and what it must say. */
export type Fault = readonly [title: string, from: string, to: string, at: string, message: string];

/** The text is refused for one reason, which is named at its place. */
export function expectRefused(text: string, at: string, message: string): void {
  const refusal = refusalOf(text);
  expect(refusal).toContain(message);
  if (at !== '') expect(refusal).toMatch(new RegExp(`^purchases\\.odcs\\.yaml:${placeOf(text, at)}: `));
  expect(refusal.split('\n')).toHaveLength(1);
}
