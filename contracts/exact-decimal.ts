/** A decimal number without rounding: unscaled / 10^scale. */
export interface ExactDecimal {
  readonly unscaled: bigint;
  readonly scale: number;
}

/** Undefined for what is not digits with at most one point between them: no exponents, no blanks, no grouping. */
export function parseDecimal(text: string): ExactDecimal | undefined {
  const [, sign = '', whole, fraction = ''] = /^([+-]?)([0-9]+)(?:\.([0-9]+))?$/.exec(text) ?? [];
  if (whole === undefined) return undefined;
  const digits = BigInt(whole + fraction);
  return { unscaled: sign === '-' ? -digits : digits, scale: fraction.length };
}

/** Below zero, zero or above: as for Array.sort. */
export function compareDecimals(left: ExactDecimal, right: ExactDecimal): number {
  const scale = Math.max(left.scale, right.scale);
  const [a, b] = [rescaled(left, scale), rescaled(right, scale)];
  return a < b ? -1 : a > b ? 1 : 0;
}

/** With exactly `scale` digits after the point; undefined where that would round. */
export function writeDecimal(value: ExactDecimal, scale: number): string | undefined {
  if (value.scale > scale) return undefined;
  const unscaled = rescaled(value, scale);
  const digits = (unscaled < 0n ? -unscaled : unscaled).toString().padStart(scale + 1, '0');
  const sign = unscaled < 0n ? '-' : '';
  return scale === 0 ? sign + digits : `${sign}${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
}

function rescaled({ unscaled, scale }: ExactDecimal, to: number): bigint {
  return unscaled * 10n ** BigInt(to - scale);
}
