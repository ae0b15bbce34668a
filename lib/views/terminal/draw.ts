const LEVELS = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];
/** A place without a value, such as a day without a line. */
const NOTHING = '·';

/**
 * Values as one line of small columns that grow from zero; null is a dot. More values than `width` are averaged, several
 * to a column.
 */
export function sparkline(values: readonly (number | null)[], width: number): string {
  const shown = values.length > width ? averaged(values, width) : values;
  const most = Math.max(0, ...shown.map((value) => value ?? 0));
  return shown
    .map((value) => {
      if (value === null) return NOTHING;
      const level = most > 0 ? Math.ceil((value / most) * LEVELS.length) : 0;
      return LEVELS[Math.max(0, level - 1)] ?? '';
    })
    .join('');
}

/** A bar that is `width` columns long for a share of 1, in steps of an eighth of a column; what is not nothing shows. */
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
