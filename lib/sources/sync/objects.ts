import { daysOf, type Period } from '../../model/period.ts';
import type { Store, StoredObject } from '../../store/store.ts';
import { namedDay } from '../file-day.ts';
import { dayFolders, dayRule, daysToRead, PARTITIONED_PREFIX } from '../layout.ts';
import type { Source } from '../source.ts';

/** An object that may hold lines of the period, and the progress of the search when it was found. */
export interface Found {
  object: StoredObject;
  at: string;
  done: number;
  total: number;
  unit: 'days' | 'objects';
}

/**
 * The objects that may hold lines of a period, in the order of the listing: those in the folders of its days, or for a flat
 * source those whose name, else last change, is of one of its days. If the days are those of the delivery, the days after
 * the period count too.
 */
export async function* objectsOf(
  store: Store,
  source: Source,
  period: Period,
  late_days: number,
): AsyncGenerator<Found> {
  const wanted = { ...period, ...daysToRead(dayRule(source), period, late_days) };
  yield* source.layout === 'flat' ? inPrefix(store, wanted) : inFolders(store, source, wanted);
}

async function* inFolders(store: Store, source: Source, period: Period): AsyncGenerator<Found> {
  const days = daysOf(period);
  for (const [done, day] of days.entries()) {
    for (const folder of dayFolders(source, day)) {
      for await (const object of store.list(folder)) {
        if (isLog(object)) yield { object, at: day, done, total: days.length, unit: 'days' };
      }
    }
  }
}

async function* inPrefix(store: Store, { from, to }: Period): AsyncGenerator<Found> {
  const objects: StoredObject[] = [];
  for await (const object of store.list('')) {
    const day = namedDay(object.key) ?? object.last_modified.toISOString().slice(0, 10);
    if (isLog(object) && day >= from && day <= to) objects.push(object);
  }
  for (const [done, object] of objects.entries()) {
    yield { object, at: object.key, done, total: objects.length, unit: 'objects' };
  }
}

/** Not a folder (its key ends in a slash), nor a copy of a flat log if the source is a whole bucket. */
function isLog({ key }: StoredObject): boolean {
  return !key.endsWith('/') && !key.startsWith(PARTITIONED_PREFIX);
}
