/** A kind of product: what it may be called, what it costs in cents and weighs in grams. */
export interface Kind {
  readonly subcategory: string;
  readonly nouns: readonly string[];
  readonly cents: readonly [low: number, high: number];
  readonly grams: readonly [low: number, high: number];
}

export const BRANDS = ['Acme', 'Björk & Sons', 'Coolabah', "D'Arcy", 'Everglow', 'Fjäll', 'Gumtree', 'Koala', 'Nørd', 'Zephyr'];

export const VARIANTS = ['', ' Classic', ' Pro', ' Mini', ', large', ', set of two', ' "Limited"', ' 2.0', ' Eco', ' Deluxe'];

/** By category. Names hold quotes, commas and text beyond ASCII. */
export const GOODS: Readonly<Record<string, readonly Kind[]>> = {
  electronics: [
    { subcategory: 'audio', nouns: ['Headphones', 'Speaker', 'Turntable'], cents: [3900, 69900], grams: [150, 4000] },
    { subcategory: 'screens', nouns: ['Monitor 27"', 'Tablet 10.1"', 'E-reader'], cents: [14900, 129900], grams: [300, 6500] },
    { subcategory: 'accessories', nouns: ['Charger', 'Cable (2 m)', 'Power bank'], cents: [900, 9900], grams: [30, 500] },
  ],
  home: [
    {
      subcategory: 'kitchen',
      nouns: ['Crème brûlée torch', 'Kettle', 'Chef’s knife'],
      cents: [1900, 24900],
      grams: [200, 3000],
    },
    { subcategory: 'furniture', nouns: ['Bücherregal', 'Side table', 'Stool'], cents: [5900, 89900], grams: [3000, 40000] },
    { subcategory: 'linen', nouns: ['Tea towels', 'Doona cover', 'Cushion'], cents: [1200, 15900], grams: [100, 2500] },
  ],
  clothing: [
    {
      subcategory: 'outerwear',
      nouns: ["Kid's raincoat", 'Wool coat', 'Windbreaker'],
      cents: [4900, 39900],
      grams: [300, 1800],
    },
    { subcategory: 'basics', nouns: ['T-shirt', 'Socks, pair', 'Singlet'], cents: [800, 5900], grams: [40, 300] },
    { subcategory: 'shoes', nouns: ['Sneakers', 'Thongs', 'Boots'], cents: [1900, 29900], grams: [250, 1900] },
  ],
  sports: [
    { subcategory: 'water', nouns: ['Surfboard 6\'2"', 'Wetsuit', 'Goggles'], cents: [2400, 99900], grams: [100, 6000] },
    { subcategory: 'fitness', nouns: ['Yoga mat', 'Kettlebell', 'Skipping rope'], cents: [1500, 19900], grams: [200, 16000] },
    { subcategory: 'outdoor', nouns: ['Swag', 'Tent, 2 person', 'Head torch'], cents: [2900, 59900], grams: [90, 9000] },
  ],
  books: [
    { subcategory: 'fiction', nouns: ['Novel', 'Stories', 'Der Zauberberg'], cents: [1200, 4500], grams: [150, 900] },
    { subcategory: 'non-fiction', nouns: ['Atlas', 'Biography', '"How to" guide'], cents: [1900, 8900], grams: [250, 2500] },
    { subcategory: 'children', nouns: ['Picture book', 'Puzzle book', 'Señor Gato'], cents: [900, 3500], grams: [100, 700] },
  ],
};

/** How much more or less of a category is sold in a month, from January. */
export const CATEGORY_SEASONS: Readonly<Record<string, readonly number[]>> = {
  electronics: [0.7, 0.7, 0.7, 0.7, 0.7, 0.8, 0.7, 0.7, 0.7, 0.7, 1, 1],
  home: [0.7, 0.7, 0.8, 0.8, 0.8, 0.8, 0.8, 0.8, 0.9, 0.8, 0.8, 0.8],
  clothing: [0.7, 0.7, 0.8, 1, 1, 1, 0.9, 0.7, 0.8, 0.9, 0.8, 0.8],
  sports: [1, 0.9, 0.8, 0.6, 0.5, 0.5, 0.5, 0.6, 0.8, 0.9, 0.9, 1],
  books: [0.8, 0.8, 0.7, 0.7, 0.7, 0.8, 0.8, 0.7, 0.7, 0.7, 0.8, 1],
};
