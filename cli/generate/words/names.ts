/** With what a careless reader of CSV stumbles over: apostrophes, commas, quotes, text beyond ASCII. */
export const LAST_NAMES = [
  "O'Reilly",
  'Müller',
  'Holý',
  'Kovács',
  "D'Angelo",
  'Ødegård',
  'Nguyễn',
  'García Márquez',
  'Smith, Jr.',
  'Köhler',
  'van der Berg',
  'Łukasiewicz',
  'Çelik',
  'Brown',
  'Tremblay',
  'Rojas',
  'Fernández',
  'Jones-Taylor',
  'Bergström',
  'Mc Donald',
];

/** By how often they occur in Australia, roughly. */
export const COMMON_LAST_NAMES = [
  'Smith',
  'Jones',
  'Williams',
  'Brown',
  'Wilson',
  'Taylor',
  'Nguyen',
  'Singh',
  'Johnson',
  'Martin',
  'White',
  'Anderson',
  'Walker',
  'Thompson',
  'Thomas',
  'Lee',
  'Patel',
  'Ryan',
  'Robinson',
  'Kelly',
  'King',
  'Wang',
  'Campbell',
  'Mitchell',
  'Papadopoulos',
  'Rossi',
  'Kaur',
  'Harris',
  'Chen',
  'Murphy',
];

export const FEMALE_NAMES = [
  'Charlotte',
  'Olivia',
  'Amelia',
  'Isla',
  'Mia',
  'Grace',
  'Zoë',
  'Chloé',
  'Matilda',
  'Aoife',
  'Priya',
  'Mei',
  'Thảo',
  'Renée',
  'Sophie',
  'Ruby',
  'Hannah',
  'Elif',
  'Karen',
  'Jennifer',
  'Margaret',
  'Helen',
  'Siobhán',
  'Kateřina',
];

export const MALE_NAMES = [
  'Oliver',
  'Noah',
  'Jack',
  'Henry',
  'William',
  'Leo',
  'Lucas',
  'Thomas',
  'Björn',
  'Søren',
  'François',
  'Iván',
  'Jürgen',
  'Paweł',
  'Arjun',
  'Wei',
  'Mohammed',
  'Liam',
  'Ethan',
  'Peter',
  'David',
  'Michael',
  'Robert "Bob"',
  'Václav',
];

/** Letters that have no accent to take away, in the only forms that occur above. */
const PLAIN: Readonly<Record<string, string>> = { Ł: 'L', ł: 'l', Ø: 'O', ø: 'o' };

/** As an e-mail address has it. */
export function plainName(name: string): string {
  const letters = name.replace(/[ŁłØø]/g, (letter) => PLAIN[letter] ?? letter);
  return letters
    .normalize('NFD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
}
