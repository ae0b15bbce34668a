import { addDays } from '../model/period.ts';
import { namedDay } from './file-day.ts';
import { HIDDEN } from './hidden.ts';
import { dayName } from './layout.ts';

/**
 * The key of a flat log's copy, relative to its source's partitioned prefix: `YYYY/MM/DD/` and its name. The day is the
 * one in the name, else that of the last change. Undefined for folders and hidden objects, which are not logs.
 */
export function partitionedKey(name: string, last_modified: Date): string | undefined {
  if (name === '' || name.endsWith('/') || HIDDEN.test(name)) return undefined;
  const changed = last_modified.toISOString().slice(0, 10);
  const named = namedDay(name);
  // A later day in the name is not that of a log; one day is allowed, since clocks differ.
  const day = named !== undefined && named <= addDays(changed, 1) ? named : changed;
  return `${dayName({ layout: 'flat' }, day)}/${name.split('/').map(visibleSegment).join('/')}`;
}

/** A part of a key that Athena does not hide and a store does not refuse. Different parts stay different. */
function visibleSegment(segment: string): string {
  if (segment === '') return '%';
  return segment.replace(/^[._]|[%\\\p{Cc}]/gu, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}
