import type { Hit } from './hit.ts';
import type { Cell, Row } from './product.ts';

/* Counting as one would do it by hand. */

/** A row for each different key, with figures over the hits that share it. */
export function grouped(hits: readonly Hit[], keyOf: (hit: Hit) => Row, figures: (hits: readonly Hit[]) => Row): Row[] {
  const groups = Map.groupBy(hits, (hit) => JSON.stringify(keyOf(hit)));
  return [...groups].map(([key, members]) => ({ ...(JSON.parse(key) as Row), ...figures(members) }));
}

/** The first rows by the first column, then the others in turn: the most first, with `-` in front the least; NULL is last. */
export function first(rows: readonly Row[], most: number, ...columns: string[]): Row[] {
  const order = (a: Row, b: Row, column: string) => {
    const name = column.replace(/^-/, '');
    const [one, other] = [a[name] ?? null, b[name] ?? null];
    if (one === other) return 0;
    if (one === null || other === null) return one === null ? 1 : -1;
    return one < other === column.startsWith('-') ? -1 : 1;
  };
  const sorted = rows.toSorted((a, b) => columns.map((column) => order(a, b, column)).find((sign) => sign !== 0) ?? 0);
  return sorted.slice(0, most);
}

export function distinct(hits: readonly Hit[], of: (hit: Hit) => Cell): number {
  return new Set(hits.map(of).filter((value) => value !== null)).size;
}

/** The sum of what is known; NULL if nothing is. */
export function sum(hits: readonly Hit[], of: (hit: Hit) => number | null): number | null {
  const known = hits.map(of).filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0);
}

export function mean(hits: readonly Hit[], of: (hit: Hit) => number | null): number | null {
  const known = hits.filter((hit) => of(hit) !== null);
  return known.length === 0 ? null : (sum(known, of) ?? 0) / known.length;
}

export function most(hits: readonly Hit[], of: (hit: Hit) => number | null): number | null {
  return hits.reduce<number | null>((largest, hit) => {
    const value = of(hit);
    return value === null || (largest !== null && largest >= value) ? largest : value;
  }, null);
}

/** The first of texts in order. */
export function least(hits: readonly Hit[], of: (hit: Hit) => string | null): string | null {
  return hits.flatMap((hit) => of(hit) ?? []).sort()[0] ?? null;
}

export function percent(part: number | null, whole: number | null): number | null {
  return part === null || whole === null || whole === 0 ? null : (100 * part) / whole;
}

export function count(hits: readonly Hit[], is: (hit: Hit) => boolean): number {
  return hits.filter(is).length;
}

export const isClientError = ({ status }: Hit) => status !== null && status >= 400 && status <= 499;
export const isServerError = ({ status }: Hit) => status !== null && status >= 500 && status <= 599;
export const isError = (hit: Hit) => isClientError(hit) || isServerError(hit);
export const isDenied = ({ status }: Hit) => status === 401 || status === 403;
/** The usual limit of the configuration is a second. */
export const isSlow = ({ ms }: Hit) => ms !== null && ms > 1000;

export function endpoint({ host, path }: Hit): string | null {
  return path === null ? null : `${host ?? ''}${path}`;
}

export function day({ time_ms }: Hit): string {
  return new Date(time_ms).toISOString().slice(0, 10);
}

export function hourOfDay({ time_ms }: Hit): number {
  return new Date(time_ms).getUTCHours();
}

/** The start of the minute or hour, as the report writes times. */
export function startOf(hit: Hit, unit_ms: number): string {
  return time(Math.floor(hit.time_ms / unit_ms) * unit_ms);
}

export function time(time_ms: number): string {
  return new Date(time_ms).toISOString();
}

export function lastSeen(hits: readonly Hit[]): string {
  return time(Math.max(...hits.map(({ time_ms }) => time_ms)));
}

export function firstSeen(hits: readonly Hit[]): string {
  return time(Math.min(...hits.map(({ time_ms }) => time_ms)));
}
