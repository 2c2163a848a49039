/** Which of the possible moments a drill chooses: the same seed, the same moments. */
export const SEED = Number(process.env['ASSAY_DRILL_SEED'] ?? '1');

/** Numbers between 0 and 1 from the seed and a drill's name (mulberry32). */
export function randomOf(drill: string): () => number {
  let state = Buffer.from(drill).reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193), SEED * 0x9e3779b9);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The items in an order that the numbers decide. */
export function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, place: random() }))
    .sort((one, other) => one.place - other.place)
    .map(({ item }) => item);
}
