import type { Random } from '../random';
import { Weighted } from '../weighted';
import type { Product } from './product';

const PERCENT = Weighted.by([-20, -10, -5, 3, 5, 8, 10, 15], [8, 12, 12, 15, 20, 15, 12, 6]);

/** The product from the moment on; `random` is at the change's numbers. */
export function changed(product: Product, random: Random, moment: number, isWithdrawn: boolean): Product {
  const unit_price = newPrice(product.unit_price, random);
  const changed = { ...product, unit_price, unit_cost: Math.min(product.unit_cost, unit_price), changed_at: moment };
  if (isWithdrawn) return { ...changed, is_active: false };
  if (unit_price !== product.unit_price && random.next() < 0.8) return changed;
  const kind = random.next();
  if (kind < 0.5) return { ...changed, weight_grams: product.weight_grams === null ? random.between(50, 5_000) : null };
  if (kind < 0.75) return { ...changed, product_name: renamed(product.product_name) };
  return { ...changed, unit_cost: Math.max(0, Math.min(unit_price, product.unit_cost - random.between(1, 50))) };
}

function renamed(name: string): string {
  return name.endsWith(' (new)') ? name.slice(0, -' (new)'.length) : `${name} (new)`;
}

/** The first draws of a change, so that a price is known without the rest. Two in ten changes leave it. */
export function newPrice(price: number, random: Random): number {
  const isChanged = random.next() < 0.8;
  const percent = PERCENT.pick(random);
  return isChanged ? Math.max(1, Math.round((price * (100 + percent)) / 100)) : price;
}
