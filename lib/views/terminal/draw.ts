const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/** Shown for a missing value, such as a day without lines. */
const NO_VALUE = '·';

/** Values as one line of small columns that grow from zero; null is a dot. More than `width` values are averaged. */
export function sparkline(values: readonly (number | null)[], width: number): string {
  const shown = values.length > width ? averaged(values, width) : values;
  const largest = Math.max(0, ...shown.map((value) => value ?? 0));
  return shown
    .map((value) => {
      if (value === null) return NO_VALUE;
      const level = largest > 0 ? Math.ceil((value / largest) * LEVELS.length) : 0;
      return LEVELS[Math.max(0, level - 1)] ?? '';
    })
    .join('');
}

/** A bar that is `width` columns long for a share of 1, in steps of an eighth. Any share above 0 is visible. */
export function bar(share: number, width: number): string {
  const wanted = Math.round(Math.min(1, Math.max(0, share)) * width * 8);
  const eighths = share > 0 ? Math.max(1, wanted) : 0;
  return '█'.repeat(eighths >> 3) + (EIGHTHS[eighths & 7] ?? '');
}

function averaged(values: readonly (number | null)[], width: number): (number | null)[] {
  return Array.from({ length: width }, (_, index) => {
    const from = Math.floor((index * values.length) / width);
    const to = Math.floor(((index + 1) * values.length) / width);
    const known = values.slice(from, to).filter((value) => value !== null);
    return known.length > 0 ? known.reduce((sum, value) => sum + value, 0) / known.length : null;
  });
}
