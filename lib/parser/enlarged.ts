type Numbers = Uint8Array | Int32Array | Uint32Array | Float64Array;

/**
 * A copy with room for at least `needed` elements, and for twice as many as before, so that an array that grows step by step
 * is seldom copied.
 */
export function enlarged<Values extends Numbers>(old: Values, needed = 0): Values {
  const Type = old.constructor as new (length: number) => Values;
  const larger = new Type(Math.max(old.length * 2, needed));
  larger.set(old as never);
  return larger;
}
