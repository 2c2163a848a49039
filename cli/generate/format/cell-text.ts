import type { Column } from '../../../contracts/column';
import { ISO_TIMESTAMP, timestampParts } from '../../../contracts/column-format';
import { decimalOf } from '../../../contracts/column-type';
import { DAY, dateOf } from '../calendar';

type TextOf = (value: number) => string;

const CENTS_SCALE = 2;
const TWO_DIGITS = Array.from({ length: 100 }, (_, number) => String(number).padStart(2, '0'));

/** How a column's numbers are written, by the contract's type and format: amounts in cents, days, moments and integers. */
export function numberTextOf({ type, format }: Column): TextOf {
  const decimal = decimalOf(type);
  if (decimal) return amountTextOf(decimal.scale);
  if (type === 'date') return dayTextOf(format ?? 'yyyy-MM-dd');
  if (type === 'timestamp') return momentTextOf(format ?? ISO_TIMESTAMP);
  return String;
}

/** 1234 → 12.34; never through a binary fraction. */
export const amountText = amountTextOf(CENTS_SCALE);

function amountTextOf(scale: number): TextOf {
  const zeros = '0'.repeat(scale - CENTS_SCALE);
  return (cents) => {
    const size = Math.abs(cents);
    const text = `${Math.floor(size / 100)}.${two(size % 100)}${zeros}`;
    return cents < 0 ? `-${text}` : text;
  };
}

/** Rows of a file are mostly of the same day as the row before. */
function dayTextOf(format: string): TextOf {
  let [last, text] = [NaN, ''];
  return (day) => {
    if (day === last) return text;
    const [year = '', month = '', date = ''] = dateOf(day).split('-');
    last = day;
    text = format.replace('yyyy', year).replace('MM', month).replace('dd', date);
    return text;
  };
}

/** In UTC, whatever the format says of the offset; the lines of an order are of the same moment. */
function momentTextOf(format: string): TextOf {
  const { date, separator, hasMillis, hasOffset } = timestampParts(format);
  const dayText = dayTextOf(date);
  const end = (hasMillis ? '.000' : '') + (hasOffset ? 'Z' : '');
  let [last, text] = [NaN, ''];
  return (moment) => {
    if (moment === last) return text;
    const day = Math.floor(moment / DAY);
    const second = (moment - day * DAY) / 1000;
    const hour = two(Math.floor(second / 3600));
    const time = `${hour}:${two(Math.floor(second / 60) % 60)}:${two(second % 60)}`;
    last = moment;
    text = dayText(day) + separator + time + end;
    return text;
  };
}

function two(number: number): string {
  return TWO_DIGITS[number] ?? String(number);
}
