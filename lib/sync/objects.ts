import type { Source } from '../config.ts';
import { dayFolders, namedDay } from '../lake/day-folders.ts';
import { addDays, daysOf, type Period } from '../period.ts';
import type { Store, StoredObject } from '../store/store.ts';

/** An object to bring, and how far the work is when it comes up. */
export interface Found {
  object: StoredObject;
  at: string;
  done: number;
  total: number;
  unit: 'days' | 'objects';
}

/**
 * The objects that may hold lines of a period, as they are listed. Those of a partitioned source lie in the folders of its
 * days; where folders are days of delivery, and where there are none and names or the last change show a day, objects of
 * `late_days` more days and one are looked at, since lines are delivered after their event.
 */
export async function* objectsOf(
  store: Store,
  source: Source,
  period: Period,
  late_days: number,
): AsyncGenerator<Found> {
  const isExact = source.layout === 'partitioned' && source.partition_date_source === 'event_time';
  const wanted = { ...period, to: isExact ? period.to : addDays(period.to, late_days + 1) };
  yield* source.layout === 'partitioned' ? inFolders(store, source, wanted) : inPrefix(store, wanted);
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

/** A key that ends in a slash stands for a folder. */
function isLog({ key }: StoredObject): boolean {
  return !key.endsWith('/');
}
