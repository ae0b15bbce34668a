import { addDays } from '../model/period.ts';
import { namedDay } from './file-day.ts';
import { HIDDEN } from './hidden.ts';
import { dayName } from './layout.ts';

/**
 * Where the copy of a flat log goes, below where its source's are filed: `YYYY/MM/DD/` and its name. The day is the one
 * that the name shows, else that of its last change. Undefined for what is no log: folders and hidden objects.
 */
export function filedKey(name: string, last_modified: Date): string | undefined {
  if (name === '' || name.endsWith('/') || HIDDEN.test(name)) return undefined;
  const changed = last_modified.toISOString().slice(0, 10);
  const named = namedDay(name);
  // No log is of a day to come; its clock may be ahead of this one, or behind.
  const day = named !== undefined && named <= addDays(changed, 1) ? named : changed;
  return `${dayName({ layout: 'flat' }, day)}/${name.split('/').map(visibleSegment).join('/')}`;
}

/** A part of a key that neither Athena hides nor a store refuses; different parts stay different. */
function visibleSegment(segment: string): string {
  if (segment === '') return '%';
  return segment.replace(/^[._]|[%\\\p{Cc}]/gu, (character) => {
    return `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;
  });
}
