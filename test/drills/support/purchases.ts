/** A file as a partner would send it. */
export interface DrillFile {
  /** Its key in the inbox. */
  readonly key: string;
  readonly content: string;
}

const HEADER = 'purchase_id,customer_id,first_name,last_name,email,product,quantity,amount_aud,purchase_date';

/** Names that occur nowhere else, so that a scan which finds one has found a leak. */
export const FIRST_NAMES = ['Zzyphra', 'Quoxley', 'Vrindal', 'Tjaskia'];
export const LAST_NAMES = ['Quillonby', 'Brackthwop', "O'Zlurry", 'Wexquorn', 'Dromblitz'];
export const MAIL_DOMAIN = 'zlurp-mail.example';

const DAYS = ['20250101', '20250102', '20250103', '20250104'];

export const nameOfDay = (day: string) => `customer_purchases_${day}.csv`;

interface Row {
  readonly number: number;
  readonly cents?: number;
  readonly amount?: string;
  readonly date?: string;
}

/** A row of a drill; customers and purchases carry the drill's name, so that drills do not meet in a table. */
function line(drill: string, { number, cents = number * 137, amount, date }: Row): string {
  const customer = number % 23;
  const first = FIRST_NAMES[customer % FIRST_NAMES.length] ?? '';
  const last = LAST_NAMES[customer % LAST_NAMES.length] ?? '';
  return [
    `${drill}-p${number}`,
    `${drill}-c${customer}`,
    first,
    last,
    `${first.toLowerCase()}.${customer}@${MAIL_DOMAIN}`,
    `Product ${number % 7}`,
    1 + (number % 3),
    amount ?? (cents / 100).toFixed(2),
    date ?? `2024-12-${String(1 + (number % 28)).padStart(2, '0')}`,
  ].join(',');
}

const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => ({ number: from + index }));

function file(drill: string, day: string, rows: readonly Row[]): DrillFile {
  return { key: `${drill}/${nameOfDay(day)}`, content: `${[HEADER, ...rows.map((row) => line(drill, row))].join('\n')}\n` };
}

/** One file: 220 purchases of 23 customers, two bad rows and one that is there twice. A second such would be below a threshold. */
export function oneFile(drill: string, day = '20250101'): DrillFile {
  const bad = [
    { number: 9001, amount: '12.345' },
    { number: 9002, date: '2025-02-31' },
  ];
  return file(drill, day, [...numbers(0, 220), ...bad, { number: 50, cents: 4200 }]);
}

/**
 * Five files: that one and three later days, which mention some of its purchases again, and its corrected version, which
 * leaves rows out, changes some and brings new ones.
 */
export function fiveFiles(drill: string): readonly [DrillFile, DrillFile, DrillFile, DrillFile, DrillFile] {
  const [first = '', second = '', third = '', fourth = ''] = DAYS;
  const again = numbers(10, 15).map((row) => ({ ...row, cents: 100 + row.number }));
  return [
    oneFile(drill, first),
    file(drill, second, [...numbers(220, 300), ...again, { number: 9003, amount: 'N/A' }]),
    file(drill, third, [...numbers(300, 360), ...again.map((row) => ({ ...row, cents: 900 }))]),
    file(drill, fourth, [...numbers(360, 400), { number: 12, cents: 1 }]),
    file(drill, first, [
      ...numbers(0, 200).map((row) => (row.number % 9 === 0 ? { ...row, cents: 5 } : row)),
      ...numbers(400, 405),
      { number: 9002, date: '2025-02-30' },
    ]),
  ];
}
