/** Partners' files of three days, one of them late and one that corrects, and what must come of them. */

export interface RetailFile {
  readonly name: string;
  readonly header: boolean;
  readonly lines: readonly string[];
}

const SALES = 'store_token,transaction_id,receipt_token,transaction_time,amount,user_role';
const STORES = 'store_group,store_token,store_name,city,state,opened_on';

export const FILES: readonly RetailFile[] = [
  {
    name: 'stores_20250110.csv',
    header: true,
    lines: ['North,S1,Alpha,Sydney,NSW,2020-01-01', 'North,S2,"Beta, the second",Perth,WA,2021-02-03'],
  },
  {
    name: 'sales_20250110.csv',
    header: true,
    lines: [
      'S1,T1,R1,2025-01-10 09:00:00,10.50,STAFF',
      'S1,T2,R1,2025-01-10 09:00:00,4.50,STAFF',
      'S9,T3,R2,2025-01-10 10:00:00,1.00,MANAGER',
    ],
  },
  {
    name: 'sales_20250111_NORTH.csv',
    header: false,
    lines: [
      'S1,T4,R3,2025-01-11 11:00:00,20.00,CUSTOMER',
      // A header in the middle, a row with a cell too many, one whose amount is none.
      SALES,
      'S2,T5,R4,2025-01-11 12:00:00,7.25,STAFF,more',
      'S2,T6,R5,2025-01-11 13:00:00,much,STAFF',
      'S2,T7,R6,2025-01-11 14:00:00,-3.25,STAFF',
    ],
  },
  { name: 'sales_20250111_SOUTH.csv', header: true, lines: ['S2,T8,R7,2025-01-11 15:00:00,100.00,CUSTOMER'] },
  { name: 'stores_20250112.csv', header: false, lines: ['North,S1,Alpha,Melbourne,VIC,2020-01-01'] },
  {
    name: 'sales_20250112.csv',
    header: false,
    // T1 once more, corrected.
    lines: ['S1,T1,R1,2025-01-10 09:00:00,11.50,STAFF', 'S1,T9,R8,2025-01-12 08:00:00,5.00,STAFF'],
  },
  // Late: T4 as it was before, which is older than what is known, and one that is new.
  {
    name: 'sales_20250109_LATE.csv',
    header: true,
    lines: ['S1,T4,R3,2025-01-11 11:00:00,19.00,CUSTOMER', 'S1,T0,R0,2025-01-09 08:00:00,2.00,STAFF'],
  },
];

export function contentOf({ name, header, lines }: RetailFile): string {
  return [...(header ? [name.startsWith('sales') ? SALES : STORES] : []), ...lines, ''].join('\n');
}

/** file → rows in RAW: all but a header on the first line. */
export const RAW_ROWS = Object.fromEntries(FILES.map(({ name, lines }) => [name, lines.length]));

/** The latest of each transaction: store, id, amount, day of the batch. */
export const STAGED = [
  ['S1', 'T0', '2.00', '2025-01-09'],
  ['S1', 'T1', '11.50', '2025-01-12'],
  ['S1', 'T2', '4.50', '2025-01-10'],
  ['S1', 'T4', '20.00', '2025-01-11'],
  ['S1', 'T9', '5.00', '2025-01-12'],
  ['S2', 'T7', '-3.25', '2025-01-11'],
  ['S2', 'T8', '100.00', '2025-01-11'],
  ['S9', 'T3', '1.00', '2025-01-10'],
];

/** Day, store, region as the store is known now, amount, transactions. */
export const DAILY = [
  ['2025-01-09', 'S1', 'VIC', '2.00', 1],
  ['2025-01-10', 'S1', 'VIC', '16.00', 2],
  ['2025-01-10', 'S9', 'unknown', '1.00', 1],
  ['2025-01-11', 'S1', 'VIC', '20.00', 1],
  ['2025-01-11', 'S2', 'WA', '96.75', 2],
  ['2025-01-12', 'S1', 'VIC', '5.00', 1],
];
