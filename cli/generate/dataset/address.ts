import type { Random } from '../random';
import { ANY_PLACE, STREETS } from '../words/places';
import type { Customer } from './customer';
import { numberText } from './dataset';

type Address = Pick<Customer, 'street' | 'city' | 'state' | 'postal_code' | 'country'>;

export function addressOf(random: Random): Address {
  const { city, state, postalCode, codes } = ANY_PLACE.pick(random);
  const code = numberText('', 4, postalCode + random.below(codes));
  return { street: random.next() < 0.04 ? null : streetOf(random), city, state, postal_code: code, country: 'AU' };
}

export function streetOf(random: Random): string {
  const street = `${random.between(1, 240)} ${random.pick(STREETS)}`;
  const kind = random.next();
  if (kind < 0.2) return `Unit ${random.between(1, 40)}, ${street}`;
  return kind < 0.23 ? `"The Gables", ${street}` : street;
}
