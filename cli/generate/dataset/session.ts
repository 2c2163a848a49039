import type { Random } from '../random';
import { Weighted } from '../weighted';

/** What a visitor does; which product it is about is found out for those steps alone that are asked for. */
export interface Step {
  readonly type: 'page_view' | 'product_view' | 'add_to_cart' | 'checkout' | 'purchase';
  /** Which of the visit's products it is about. */
  readonly choice: number | null;
  /** Of a page that is not about a product. */
  readonly path: string;
  /** Seconds since the step before. */
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
export function browsing(random: Random, most: number): Step[] {
  const depth = DEPTHS.pick(random);
  const steps: Step[] = [page(random)];
  if (depth === 0 && random.next() < 0.4) steps.push(page(random));
  const views = depth === 0 ? 0 : random.between(1, depth === 1 ? 3 : 2);
  for (let view = 0; view < views; view += 1) steps.push(productStep('product_view', view, random));
  if (depth >= 2) steps.push(productStep('add_to_cart', views - 1, random));
  if (depth >= 3) steps.push({ type: 'checkout', choice: null, path: '/checkout', after: random.between(15, 120) });
  return steps.slice(0, most);
}

/** The way to an order of so many products. */
export function buying(random: Random, products: number): Step[] {
  const chosen: Step[] = [];
  for (let choice = 0; choice < products; choice += 1)
    chosen.push(productStep('product_view', choice, random), productStep('add_to_cart', choice, random));
  return [
    page(random),
    ...chosen,
    { type: 'checkout', choice: null, path: '/checkout', after: random.between(15, 120) },
    { type: 'purchase', choice: null, path: '/checkout/done', after: random.between(20, 240) },
  ];
}

function page(random: Random): Step {
  return { type: 'page_view', choice: null, path: FRONT_PAGES.pick(random), after: random.between(3, 60) };
}

function productStep(type: 'product_view' | 'add_to_cart', choice: number, random: Random): Step {
  return { type, choice, path: '/cart', after: random.between(5, 180) };
}
