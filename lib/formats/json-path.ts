import type { JsonPath } from './format.ts';

/** A path as Trino's json_extract_scalar takes it, `$["request"]["uri"]`: it then holds any key. */
export function trinoPath(path: JsonPath): string {
  return `$${path.map((step) => (typeof step === 'number' ? `[${step}]` : `["${step}"]`)).join('')}`;
}

/** A path as DuckDB's json_extract takes it, `$."request"."uri"`. */
export function duckdbPath(path: JsonPath): string {
  return `$${path.map((step) => (typeof step === 'number' ? `[${step}]` : `."${step}"`)).join('')}`;
}
