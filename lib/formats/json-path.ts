import type { JsonPath } from './format.ts';

/** A path for Trino's json_extract_scalar, `$["request"]["uri"]`; this notation allows any key. */
export function trinoPath(path: JsonPath): string {
  return `$${path.map((step) => (typeof step === 'number' ? `[${step}]` : `["${step}"]`)).join('')}`;
}
