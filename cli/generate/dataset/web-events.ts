import type { Random } from '../random';
import type { Row } from '../row';
import { secondOf } from '../season';
import { Weighted } from '../weighted';
import type { World } from '../world';
import { drawnFate, numberText, type Dataset, type Fact, type Fate } from './dataset';
import { Orders, type Order } from './order';
import { orderId } from './order-items';
import { browsing, buying, type Step } from './session';

/** A visit of the shop; the moment of its first step, or of its last one, the purchase. */
interface Visit {
  readonly steps: readonly Step[];
  readonly customerOf: () => number | null;
  readonly productOf: (choice: number) => number;
  readonly order: Order | null;
  readonly start: number;
  readonly device: string;
  readonly source: string;
}

/** Of the day's events at most this share is of visits that end with an order; not every purchase is tracked. */
const OF_BUYERS = 0.7;
const KNOWN_VISITORS = 0.4;
/** In seconds; so that no visit goes on after midnight. */
const LONGEST_VISIT = 1_500;

/** A row per event; event and session are numbered by the first event's place among all events. */
export class WebEventsDataset implements Dataset {
  readonly name = 'web_events';
  readonly kinds = {
    event_id: 'text',
    session_id: 'text',
    occurred_at: 'moment',
    event_type: 'text',
    customer_id: 'text',
    product_id: 'text',
    order_id: 'text',
    device: 'text',
    traffic_source: 'text',
    page_path: 'text',
  } as const;
  readonly breakers = {
    purchase_has_an_order: (row: Row): Row => ({ ...row, event_type: 'purchase', order_id: null }),
  };
  readonly fateOf: (index: number) => Fate;
  private readonly orders: Orders;
  private readonly buyers: Random;
  private readonly visitors: Random;
  private readonly choices: Random;
  private readonly devices: Weighted<string>;
  private readonly sources: Weighted<string>;

  constructor(private readonly world: World) {
    // Nothing of an event is mended: a server wrote it down as it happened.
    this.fateOf = drawnFate(world.random('web_events fate'), 0.01, 0);
    this.orders = new Orders(world);
    this.buyers = world.random('web buyer');
    this.visitors = world.random('web visitor');
    this.choices = world.random('web choice');
    this.devices = Weighted.by(world.allowed('web_events', 'device'), [45, 47, 8]);
    this.sources = Weighted.by(world.allowed('web_events', 'traffic_source'), [30, 32, 16, 10, 12]);
  }

  *facts(batch: number, wants: (index: number) => boolean): Generator<Fact> {
    const { start, end } = this.world.calendar.batch(batch);
    for (let day = start; day < end; day += 1) {
      let index = this.world.visits.before(day);
      for (const visit of this.visits(day)) {
        const session = index;
        let moment = visit.start;
        for (const step of visit.steps) {
          moment += step.after * 1000;
          if (wants(index)) yield { index, row: rowOf(visit, step, session, index, moment) };
          index += 1;
        }
      }
    }
  }

  mistaken({ row }: Fact): Row {
    return this.varied(row);
  }

  /** On another page. */
  varied(row: Row): Row {
    return { ...row, page_path: `${String(row['page_path'])}#again` };
  }

  /** The visits of a day, with exactly the day's share of all events. */
  private *visits(day: number): Generator<Visit> {
    const { visits } = this.world;
    const count = visits.before(day + 1) - visits.before(day);
    let used = 0;
    for (const order of this.orders.ofDay(day)) {
      if (order.channel !== 'web' && order.channel !== 'app') continue;
      const visit = this.buyer(order);
      if (used + visit.steps.length > count * OF_BUYERS) continue;
      used += visit.steps.length;
      yield visit;
    }
    const first = visits.before(day) + used;
    for (let index = first; index < first + count - used;) {
      const visit = this.visitor(day, index, (index - first) / (count - used), first + count - used - index);
      index += visit.steps.length;
      yield visit;
    }
  }

  private buyer(order: Order): Visit {
    const month = this.world.month(order.day);
    const random = this.buyers.at(order.number);
    const steps = buying(random, order.lines);
    // Who bought just after midnight was quick: no step is before the order's day.
    const available = (order.moment - this.world.calendar.moment(order.day)) / 1000;
    const needed = steps.reduce((sum, { after }) => sum + after, 0);
    const shorter =
      needed <= available ? steps : steps.map((step) => ({ ...step, after: Math.floor((step.after * available) / needed) }));
    const taken = shorter.reduce((sum, { after }) => sum + after, 0);
    return {
      steps: shorter,
      customerOf: () => this.orders.customerOf(order),
      productOf: (choice) => this.orders.line(order, choice, month).product,
      order,
      start: order.moment - taken * 1000,
      device: this.devices.pick(random),
      source: this.sources.pick(random),
    };
  }

  private visitor(day: number, index: number, share: number, most: number): Visit {
    const random = this.visitors.at(index);
    const month = this.world.month(day);
    const second = Math.min(secondOf(share), 86_400 - LONGEST_VISIT);
    const isKnown = random.next() < KNOWN_VISITORS;
    const steps = browsing(random, most);
    return {
      steps,
      customerOf: () => (isKnown ? this.world.customers.pick(day, this.choices.at(index)) : null),
      productOf: (choice) => this.world.products.pick(day, month, this.choices.at(index + choice + 1)),
      order: null,
      start: this.world.calendar.moment(day) + second * 1000,
      device: this.devices.pick(random),
      source: this.sources.pick(random),
    };
  }
}

function rowOf(visit: Visit, step: Step, session: number, index: number, moment: number): Row {
  const { order, device, source } = visit;
  const customer = visit.customerOf();
  const product = step.choice === null ? null : numberText('P', 6, visit.productOf(step.choice) + 1);
  return {
    event_id: numberText('E', 11, index + 1),
    session_id: numberText('S', 10, session + 1),
    occurred_at: moment,
    event_type: step.type,
    customer_id: customer === null ? null : numberText('C', 8, customer + 1),
    product_id: product,
    order_id: step.type === 'purchase' && order !== null ? orderId(order.number) : null,
    device,
    traffic_source: source,
    page_path: step.type === 'product_view' && product !== null ? `/p/${product}` : step.path,
  };
}
