const integers = new Intl.NumberFormat('en-US');

/** 1,234 */
export function count(value: number): string {
  return integers.format(value);
}

/** 1,234 rows; 1 row */
export function counted(value: number, noun: string): string {
  return `${count(value)} ${noun}${value === 1 ? '' : 's'}`;
}

/** 512 bytes, 12.3 kB, 92.1 MB */
export function bytes(value: number): string {
  if (value < 1000) return counted(value, 'byte');
  const units = ['kB', 'MB', 'GB', 'TB'];
  const power = Math.min(Math.floor(Math.log10(value) / 3), units.length);
  return `${(value / 1000 ** power).toFixed(1)} ${units[power - 1]}`;
}

/** 0.3 s, 2 min 05 s */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.floor(seconds % 60)).padStart(2, '0')} s`;
}
