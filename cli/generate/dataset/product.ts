import { DAY } from '../calendar';
import { Population } from '../population';
import type { Random } from '../random';
import { Weighted } from '../weighted';
import { BRANDS, CATEGORY_SEASONS, GOODS, VARIANTS } from '../words/goods';
import type { World } from '../world';
import { numberText } from './dataset';
import { changed, newPrice } from './product-changes';
import { momentsFrom, VERSIONS } from './version';

/** A type, not an interface: only that is a `Row`. */
export type Product = {
  readonly product_id: string;
  readonly changed_at: number;
  readonly product_name: string;
  readonly category: string;
  readonly subcategory: string;
  readonly brand: string;
  readonly unit_price: number;
  readonly unit_cost: number;
  readonly weight_grams: number | null;
  readonly is_active: boolean;
  readonly launched_on: number;
};

const BEFORE_THE_PERIOD = 0.7;
const YEARS_BEFORE = 4;
const CHANGES = Weighted.by([0, 1, 2, 3, 4], [25, 30, 25, 13, 7]);
/** In the last change of its history a product may be taken out of the shop. */
const WITHDRAWN = 0.12;
/** Never withdrawn and there from the start, so that there is always something to buy. */
const EVERGREEN = 0;

interface History {
  readonly number: number;
  /** Of each version, the launch first. */
  readonly moments: number[];
  readonly prices: readonly number[];
  readonly isWithdrawn: boolean;
}

/** Histories in memory, some 300 bytes each: all up to a scale of 130. */
const KEPT = 65_536;

/** What is sold, and what it cost at any time. */
export class Products {
  readonly population: Population;
  private readonly identities: Random;
  private readonly histories: Random;
  private readonly changes: Random;
  private readonly likings: Random;
  private readonly withdrawals: Random;
  private readonly categories: readonly string[];
  private readonly seasons: readonly (readonly number[])[];
  private readonly kept = new Array<History | undefined>(KEPT);

  constructor(
    private readonly world: World,
    size: number,
  ) {
    this.population = new Population(size, BEFORE_THE_PERIOD, world.calendar);
    this.identities = world.random('product');
    this.histories = world.random('product history');
    this.changes = world.random('product change');
    this.likings = world.random('product liking');
    this.withdrawals = world.random('product withdrawal');
    this.categories = world.allowed('products', 'category');
    this.seasons = this.categories.map((category) => CATEGORY_SEASONS[category] ?? []);
  }

  categoryOf(number: number): string {
    return this.categories[number % this.categories.length] ?? '';
  }

  /** One that was launched before the day and is still sold on it; some are liked more than others, some in their season. */
  pick(day: number, month: number, random: Random): number {
    return this.population.pick(
      day,
      random,
      (number, chance) => {
        const season = this.seasons[number % this.seasons.length]?.[month] ?? 1;
        return chance < this.liking(number) * season && this.withdrawnFrom(number) > day;
      },
      EVERGREEN,
    );
  }

  /** Between 0 and 1. */
  liking(number: number): number {
    const liking = this.likings.at(number).next();
    return 0.05 + 0.95 * liking * liking * liking;
  }

  /** The first whole day, counted from the first of the period, on which it is not sold; endless for most. */
  withdrawnFrom(number: number): number {
    // Asked for every choice of a product, so the many that stay are known by one draw.
    if (number === EVERGREEN || this.withdrawals.at(number).next() >= WITHDRAWN) return Infinity;
    const { moments, isWithdrawn } = this.history(number);
    return isWithdrawn ? Math.floor((moments.at(-1) ?? 0) / DAY) - this.world.calendar.first : Infinity;
  }

  moments(number: number): number[] {
    return this.history(number).moments;
  }

  version(number: number, version: number): Product {
    const { moments, isWithdrawn } = this.history(number);
    let product = this.atFirst(number, moments[0] ?? 0);
    for (let each = 1; each <= version; each += 1) {
      const isLast = each === moments.length - 1;
      product = changed(product, this.changes.at(number * VERSIONS + each), moments[each] ?? 0, isLast && isWithdrawn);
    }
    return product;
  }

  /** Its price in cents at a moment after the launch. */
  priceAt(number: number, moment: number): number {
    const { moments, prices } = this.history(number);
    let version = moments.length - 1;
    while (version > 0 && (moments[version] ?? 0) > moment) version -= 1;
    return prices[version] ?? 0;
  }

  /** What is sold is mostly what was sold just now: a fixed number of histories is kept, each where its number leads. */
  private history(number: number): History {
    const place = number % KEPT;
    const kept = this.kept[place];
    if (kept?.number === number) return kept;
    const history = this.historyOf(number);
    this.kept[place] = history;
    return history;
  }

  private pricesOf(number: number, versions: number): number[] {
    const [first] = this.firstPrice(this.identities.at(number), number);
    const prices = [first];
    for (let each = 1; each < versions; each += 1)
      prices.push(newPrice(prices[each - 1] ?? 0, this.changes.at(number * VERSIONS + each)));
    return prices;
  }

  private historyOf(number: number): History {
    const random = this.histories.at(number);
    const moments = momentsFrom(this.population.birthOf(number, random, YEARS_BEFORE), CHANGES, random, this.world.calendar);
    const isChosen = number !== EVERGREEN && this.withdrawals.at(number).next() < WITHDRAWN;
    const isWithdrawn = isChosen && moments.length > 1;
    return { number, moments, prices: this.pricesOf(number, moments.length), isWithdrawn };
  }

  private atFirst(number: number, moment: number): Product {
    const random = this.identities.at(number);
    const [unit_price, kind] = this.firstPrice(random, number);
    const brand = random.pick(BRANDS);
    return {
      product_id: numberText('P', 6, number + 1),
      changed_at: moment,
      product_name: `${brand} ${random.pick(kind.nouns)}${random.pick(VARIANTS)}`,
      category: this.categoryOf(number),
      subcategory: kind.subcategory,
      brand,
      unit_price,
      unit_cost: Math.floor((unit_price * random.between(42, 78)) / 100),
      weight_grams: random.next() < 0.15 ? null : random.between(...kind.grams),
      is_active: true,
      launched_on: Math.floor(moment / DAY),
    };
  }

  /** The first draws of a product, so that its price is known without the rest. */
  private firstPrice(random: Random, number: number): readonly [cents: number, kind: (typeof GOODS)[string][number]] {
    const kind = random.pick(GOODS[this.categoryOf(number)] ?? []);
    const [low, high] = kind.cents;
    const share = random.next();
    // Cheap things are more frequent; shops like prices that end in 95 cents.
    return [Math.floor((low + (high - low) * share * share) / 100) * 100 + 95, kind];
  }
}
