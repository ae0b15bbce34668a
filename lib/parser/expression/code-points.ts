/** Code points, as pairs of the first and the last of each range, in order. */
export type CodePoints = readonly number[];

export const LAST_CODE_POINT = 0x10ffff;

/** Every code point. */
export const ANY: CodePoints = [0, LAST_CODE_POINT];

/** The ranges in order, those that touch put together. */
export function normalized(ranges: readonly number[]): CodePoints {
  const pairs: [number, number][] = [];
  for (let at = 0; at < ranges.length; at += 2) pairs.push([ranges[at] as number, ranges[at + 1] as number]);
  pairs.sort(([a], [b]) => a - b);
  const result: number[] = [];
  for (const [first, last] of pairs) {
    const end = result.length - 1;
    if (end > 0 && first <= (result[end] as number) + 1) result[end] = Math.max(result[end] as number, last);
    else result.push(first, last);
  }
  return result;
}

/** All other code points. */
export function complement(points: CodePoints): CodePoints {
  const result: number[] = [];
  let next = 0;
  for (let at = 0; at < points.length; at += 2) {
    const first = points[at] as number;
    if (first > next) result.push(next, first - 1);
    next = (points[at + 1] as number) + 1;
  }
  if (next <= LAST_CODE_POINT) result.push(next, LAST_CODE_POINT);
  return result;
}

/** True if a code point is in both. */
export function overlaps(a: CodePoints, b: CodePoints): boolean {
  let [left, right] = [0, 0];
  while (left < a.length && right < b.length) {
    if ((a[left + 1] as number) < (b[right] as number)) left += 2;
    else if ((b[right + 1] as number) < (a[left] as number)) right += 2;
    else return true;
  }
  return false;
}

/** True if the code point is among them. */
export function includes(points: CodePoints, point: number): boolean {
  for (let at = 0; at < points.length; at += 2) {
    if (point < (points[at] as number)) return false;
    if (point <= (points[at + 1] as number)) return true;
  }
  return false;
}
