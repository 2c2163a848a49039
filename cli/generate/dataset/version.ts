/** The moment of change `index` of `count` between two moments: one in each of as many equal parts, to the second. */
export function momentOfVersion(start: number, end: number, index: number, count: number, share: number): number {
  const seconds = ((end - start) / 1000) * ((index + share) / count);
  return start + Math.floor(seconds) * 1000;
}
