import { createWriteStream } from 'node:fs';
import { once } from 'node:events';

const HEADER = 'purchase_id,customer_id,first_name,last_name,email,product,quantity,amount_aud,purchase_date\n';
const CUSTOMERS = 100_000;
const LINES_AT_ONCE = 10_000;

/** Writes a clean purchases file; the same numbers give the same bytes. Returns what its amounts add up to, in cents. */
export async function writePurchases(path: string, rows: number, seed: number): Promise<bigint> {
  const file = createWriteStream(path);
  const below = numbers(seed);
  let cents = 0n;
  file.write(HEADER);
  for (let written = 0; written < rows; written += LINES_AT_ONCE) {
    let lines = '';
    for (let row = written; row < Math.min(rows, written + LINES_AT_ONCE); row += 1) {
      const amount = 100 + below(99_900);
      cents += BigInt(amount);
      lines += line(seed * 1_000_000_000 + row, below(CUSTOMERS), amount, below);
    }
    if (!file.write(lines)) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
  return cents;
}

function line(id: number, customer: number, cents: number, below: (limit: number) => number): string {
  const amount = `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`;
  const day = String(1 + below(28)).padStart(2, '0');
  return `${id},${customer},First${customer % 997},O'Last${customer % 1009},user${customer}@example.com,"Product, ${below(500)}",${1 + below(9)},${amount},2025-01-${day}\n`;
}

/** Whole numbers from 0 to below a limit. Source: Tommy Ettinger's mulberry32. */
function numbers(seed: number): (limit: number) => number {
  let state = seed >>> 0;
  return (limit) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * limit);
  };
}
