import type { Random } from '../random';
import { Weighted } from '../weighted';

/** A visitor's steps; `product` is a number, `after` seconds since the step before. */
export interface Step {
  readonly type: 'page_view' | 'product_view' | 'add_to_cart' | 'checkout' | 'purchase';
  readonly product: number | null;
  readonly path: string;
  readonly after: number;
}

const FRONT_PAGES = new Weighted([
  ['/', 60],
  ['/sale', 15],
  ['/search?q=lamp,blue', 6],
  ['/search?q=caf%C3%A9 "mug"', 4],
  ['/stores', 5],
  ['/help/returns', 10],
]);
/** How far a visitor goes who buys nothing: looks at pages, at products, fills the cart, begins to pay. */
const DEPTHS = Weighted.by([0, 1, 2, 3], [46, 36, 12, 6]);

/** At most so many of them, the first ones. */
export function browsing(random: Random, pick: () => number, most: number): Step[] {
  const depth = DEPTHS.pick(random);
  const steps: Step[] = [page(random)];
  if (depth === 0 && random.next() < 0.4) steps.push(page(random));
  const views = depth === 0 ? 0 : random.between(1, depth === 1 ? 3 : 2);
  let product = 0;
  for (let view = 0; view < views; view += 1) {
    product = pick();
    steps.push(productStep('product_view', product, random));
  }
  if (depth >= 2) steps.push(productStep('add_to_cart', product, random));
  if (depth >= 3) steps.push({ type: 'checkout', product: null, path: '/checkout', after: random.between(15, 120) });
  return steps.slice(0, most);
}

/** The way to an order of these products. */
export function buying(random: Random, products: readonly number[]): Step[] {
  const chosen = products.flatMap((product) => [
    productStep('product_view', product, random),
    productStep('add_to_cart', product, random),
  ]);
  return [
    page(random),
    ...chosen,
    { type: 'checkout', product: null, path: '/checkout', after: random.between(15, 120) },
    { type: 'purchase', product: null, path: '/checkout/done', after: random.between(20, 240) },
  ];
}

function page(random: Random): Step {
  return { type: 'page_view', product: null, path: FRONT_PAGES.pick(random), after: random.between(3, 60) };
}

function productStep(type: 'product_view' | 'add_to_cart', product: number, random: Random): Step {
  const id = String(product + 1).padStart(6, '0');
  return { type, product, path: type === 'add_to_cart' ? '/cart' : `/p/P${id}`, after: random.between(5, 180) };
}
