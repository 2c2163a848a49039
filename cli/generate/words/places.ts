import { Weighted } from '../weighted';

export interface Place {
  readonly city: string;
  readonly state: string;
  /** The first of `codes` postal codes. */
  readonly postalCode: number;
  readonly codes: number;
}

/** Weights are inhabitants in thousands, roughly. Postal codes of the Northern Territory begin with a zero. */
const PLACES: readonly (readonly [city: string, state: string, postalCode: number, codes: number, weight: number])[] = [
  ['Sydney', 'NSW', 2000, 50, 5450],
  ['Melbourne', 'VIC', 3000, 60, 5200],
  ['Brisbane', 'QLD', 4000, 40, 2700],
  ['Perth', 'WA', 6000, 35, 2300],
  ['Adelaide', 'SA', 5000, 45, 1450],
  ['Gold Coast', 'QLD', 4210, 20, 720],
  ['Newcastle', 'NSW', 2290, 12, 520],
  ['Canberra', 'ACT', 2600, 18, 480],
  ['Sunshine Coast', 'QLD', 4551, 12, 400],
  ['Wollongong', 'NSW', 2500, 10, 310],
  ['Geelong', 'VIC', 3212, 9, 300],
  ['Hobart', 'TAS', 7000, 12, 250],
  ['Townsville', 'QLD', 4810, 9, 185],
  ['Cairns', 'QLD', 4868, 11, 160],
  ['Darwin', 'NT', 800, 30, 150],
  ['Toowoomba', 'QLD', 4350, 3, 145],
  ['Ballarat', 'VIC', 3350, 7, 115],
  ['Bendigo', 'VIC', 3550, 8, 105],
  ['Launceston', 'TAS', 7248, 3, 90],
  ['Wagga Wagga', 'NSW', 2650, 3, 57],
  ['Alice Springs', 'NT', 870, 3, 30],
  ["O'Connor", 'WA', 6163, 1, 15],
];

export const ANY_PLACE = new Weighted<Place>(
  PLACES.map(([city, state, postalCode, codes, weight]) => [{ city, state, postalCode, codes }, weight]),
);

export const STREETS = [
  'Queen Street',
  'Victoria Road',
  "O'Connell Street",
  'George Street',
  'Church Street',
  'Station Street',
  'Beach Road',
  'Goethe-Straße',
  'Elizabeth Street',
  'Murray Crescent',
  "St John's Avenue",
  'Wattle Grove',
];
