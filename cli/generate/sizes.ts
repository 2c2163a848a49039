export interface Sizes {
  readonly customers: number;
  readonly products: number;
  readonly orders: number;
  readonly webEvents: number;
}

/** Times the small one. */
export const SCALES = { small: 1, medium: 10, large: 100 } as const;

const SMALL: Sizes = { customers: 1_000, products: 500, orders: 5_000, webEvents: 50_000 };

/** As many as the patterns of their ids have digits for. */
export const LIMITS: Sizes = { customers: 99_999_999, products: 999_999, orders: 999_999_999, webEvents: 9_999_999_999 };

export function sizesOf(factor: number): Sizes {
  const times = (size: number): number => Math.max(1, Math.round(size * factor));
  return {
    customers: times(SMALL.customers),
    products: times(SMALL.products),
    orders: times(SMALL.orders),
    webEvents: times(SMALL.webEvents),
  };
}
