import { Random } from '../generate/random';
import { LAST_NAMES, plainName } from '../generate/words/names';

export interface Customer {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
}

/** Begins the ids of all customers of the demo, so that its truth is about them alone, whatever else was dropped. */
export const DEMO_CUSTOMER = 'DEMO-';

const FIRST_NAMES = [
  'Aoife',
  'Björn',
  'Chloé',
  'Daan',
  'Elif',
  'François',
  'Grace',
  'Hélène',
  'Iván',
  'Jürgen',
  'Kateřina',
  'Liam',
  'María José',
  'Niamh',
  'Olivia',
  'Paweł',
  'Renée',
  'Søren',
  'Thảo',
  'Uma',
  'Václav',
  'William',
  'Zoë',
];

const CUSTOMERS = 400;

/** The same customers every day. */
export function demoCustomers(): Customer[] {
  const random = new Random(20260101);
  return Array.from({ length: CUSTOMERS }, (_, index) => {
    const [firstName, lastName] = [random.pick(FIRST_NAMES), random.pick(LAST_NAMES)];
    const number = String(index + 1).padStart(4, '0');
    // Some in capitals: the contract has e-mail addresses put into lower case.
    const email = `${plainName(firstName)}.${plainName(lastName)}.${number}@example.com`;
    return {
      id: `${DEMO_CUSTOMER}${number}`,
      firstName,
      lastName,
      email: random.next() < 0.1 ? email.toUpperCase() : email,
    };
  });
}
