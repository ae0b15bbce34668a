/**
 * A value of either engine in a form that both have: whole numbers as numbers where they fit, moments as text to the
 * millisecond, without a fraction of zero. `type` is Trino's, such as `timestamp(3)`.
 */
export function plainValue(value: unknown, type = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => plainValue(item));
  if (value instanceof Date)
    return plainValue(
      value
        .toISOString()
        .slice(0, type === 'date' ? 10 : 23)
        .replace('T', ' '),
      type,
    );
  if (typeof value === 'string' && type.startsWith('timestamp')) return value.replace(/\.0+$/, '');
  if (typeof value === 'string' && type === 'double') return Number(value);
  if (typeof value === 'bigint' && Number.isSafeInteger(Number(value))) return Number(value);
  return value;
}
