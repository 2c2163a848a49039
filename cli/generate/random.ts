const TWO_32 = 2 ** 32;

/** Numbers that look random and are the same for the same seed, on every machine: only whole-number arithmetic on 32 bits. */
export class Random {
  /** Signed: whole numbers up to 2^31 are kept without an object of their own. */
  private state: number;

  constructor(private readonly seed: number) {
    this.state = seed | 0;
  }

  /** The numbers of one subject, independent of those of any other subject. */
  static about(subject: string, seed: number): Random {
    let key = scrambled(seed ^ scrambled(Math.floor(seed / TWO_32)));
    for (const character of subject) key = scrambled(key ^ (character.codePointAt(0) ?? 0));
    return new Random(key);
  }

  /** Goes to the numbers of the subject's thing with that index: they depend on nothing drawn before. */
  at(index: number): this {
    const high = Math.floor(index / TWO_32);
    this.state = scrambled(scrambled(this.seed + high) ^ index);
    return this;
  }

  /** In [0, 1). Source: mulberry32 by Tommy Ettinger, public domain. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / TWO_32;
  }

  /** A whole number from 0 to below `limit`. */
  below(limit: number): number {
    return Math.floor(this.next() * limit);
  }

  /** A whole number from `low` to `high`, both included. */
  between(low: number, high: number): number {
    return low + this.below(high - low + 1);
  }

  pick<Item>(items: readonly Item[]): Item {
    const item = items[this.below(items.length)];
    if (item === undefined) throw new Error('nothing to pick from');
    return item;
  }
}

/** One to one, so that no two indices below 2^32 share their numbers. Source: the finalizer of MurmurHash3, public domain. */
function scrambled(value: number): number {
  let mixed = value;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 13), 0xc2b2ae35);
  return mixed ^ (mixed >>> 16);
}
