import type { Actor } from './actor.ts';
import { createCallers } from './callers.ts';
import { downloadActors } from './downloads.ts';
import { DOWNLOADS, WEBSITE } from './objects.ts';
import { type Random, seededRandom } from './random.ts';
import { type LogRecord, logDate, logLine } from './record.ts';
import { createRequests } from './requests.ts';
import { type Hour, hoursOf } from './rhythm.ts';
import { createSequences } from './sequences.ts';
import { unlikeOthers } from './unlike.ts';
import { websiteActors } from './website.ts';

export interface SampleOptions {
  /** Exactly so many lines come out, whatever they are. */
  lines: number;
  seed: number;
  /** First and last day, YYYY-MM-DD, UTC. The story is set in September and October 2026. */
  from: string;
  to: string;
  /** Whether texts hardly ever repeat; in practice they do. */
  unlike: boolean;
}

export const SAMPLE: SampleOptions = {
  lines: 100_000,
  seed: 20261101,
  from: '2026-09-01',
  to: '2026-10-31',
  unlike: false,
};

/** One line as it is delivered. */
export interface Entry {
  /** Without the line's end. */
  line: string;
  /** What the line says; null when it says nothing that can be parsed. */
  record: LogRecord | null;
  bucket: string;
  /** The day the line belongs to, YYYY-MM-DD, UTC. */
  day: string;
  /** In time, a day late in an object of its own, or a second time. */
  delivery: 'regular' | 'late' | 'repeated';
}

/** Hours of which S3 delivers one bucket's log object twice. */
const REPEATED: Record<string, string> = { '2026-09-17 10': DOWNLOADS, '2026-10-08 14': WEBSITE };
/** Hours of which one bucket's lines arrive a day late. */
const LATE: Record<string, string> = { '2026-09-22 8': WEBSITE, '2026-10-19 11': DOWNLOADS, '2026-10-28 16': WEBSITE };
const UNPARSABLE_SHARE = 1 / 6_000;

/** Lines of a whole sample, in the order of their time within some seconds; the same options give the same lines. */
export function* generateEntries(options: Partial<SampleOptions> = {}): Generator<Entry> {
  const { lines, seed, from, to, unlike } = { ...SAMPLE, ...options };
  const random = seededRandom(seed);
  const randomTexts = seededRandom(seed + 1);
  const requests = createRequests(random);
  const cast = { random, callers: createCallers(random), requests, sequences: createSequences(random, requests) };
  const actors = [...websiteActors(cast), ...downloadActors(cast)];

  let records: Iterator<LogRecord> = [].values();
  let repeated: Entry[] = [];
  for (const { hour, quota } of plan(hoursOf(from, to), actors, lines)) {
    const date = logDate(hour.day);
    const drawActor = actorDraw(actors, hour);
    const fieldCount = fieldCounts(hour.day);
    const slot = `${hour.day} ${hour.hour}`;
    const again = repeated.slice(0, quota);
    repeated = [];
    for (const entry of again) yield { ...entry, delivery: 'repeated' };

    for (let count = again.length; count < quota; count += 1) {
      const second = hour.hour * 3600 + Math.floor(((count + random.next()) / quota) * 3600);
      if (random.chance(UNPARSABLE_SHARE)) {
        const line = brokenLine(requests.head(cast.callers.visitor, ANY_OBJECT), date, second, random);
        yield { line, record: null, bucket: WEBSITE, day: hour.day, delivery: 'regular' };
        continue;
      }
      let next = records.next();
      while (next.done) {
        records = drawActor(random).act(hour).values();
        next = records.next();
      }
      const record = unlike ? unlikeOthers(next.value, randomTexts) : next.value;
      const line = logLine(record, date, second, fieldCount(random.next()));
      const delivery = LATE[slot] === record.bucket ? 'late' : 'regular';
      const entry: Entry = { line, record, bucket: record.bucket, day: hour.day, delivery };
      if (REPEATED[slot] === record.bucket) repeated.push(entry);
      yield entry;
    }
  }
}

/** Only the lines, for whoever wants a file of them. */
export function* generateLines(options: Partial<SampleOptions> = {}): Generator<string> {
  for (const entry of generateEntries(options)) yield entry.line;
}

const ANY_OBJECT = { bucket: WEBSITE, key: 'index.html', size_bytes: 4096, slowness: 1 };

/** Shares `lines` out over the hours by what the actors do in them, so that the shares add up exactly. */
function plan(hours: Hour[], actors: readonly Actor[], lines: number): { hour: Hour; quota: number }[] {
  const expected = hours.map((hour) => actors.reduce((sum, actor) => sum + actor.acts(hour) * actor.lines, 0));
  const total = expected.reduce((sum, share) => sum + share, 0);
  let soFar = 0;
  let given = 0;
  return hours.map((hour, index) => {
    soFar += expected[index] ?? 0;
    const quota = Math.round((soFar / total) * lines) - given;
    given += quota;
    return { hour, quota };
  });
}

/** Draws who acts next in this hour: everyone as often as they act in it. */
function actorDraw(actors: readonly Actor[], hour: Hour): (random: Random) => Actor {
  const shares = actors.map((actor) => actor.acts(hour));
  const total = shares.reduce((sum, share) => sum + share, 0);
  return (random) => {
    let rest = random.next() * total;
    const drawn = actors.find((_, index) => {
      rest -= shares[index] ?? 0;
      return rest < 0;
    });
    // Rounding may leave a trace of `rest`; the first actor, the visitors, act in every hour.
    return drawn ?? (actors[0] as Actor);
  };
}

/** Servers learn to write the newest field one by one until the middle of October; a few lag years behind. */
function fieldCounts(day: string): (chance: number) => number {
  const days = (Date.parse(day) - Date.parse('2026-09-01')) / 86_400_000;
  const withoutRegion = 0.4 * (1 - days / 45);
  return (chance) =>
    chance < 0.0005 ? 18 : chance < 0.01 ? 24 : chance < 0.02 ? 25 : chance < withoutRegion ? 26 : 27;
}

/** What is left of a line that was cut off, or that never was one. */
function brokenLine(record: LogRecord, date: string, second: number, random: Random): string {
  const whole = logLine(record, date, second, 27);
  const cut = random.pick(['REST.', ' HTTP/1.1"', null]);
  if (cut) return whole.slice(0, whole.indexOf(cut));
  return '<Error><Code>InternalError</Code><Message>We encountered an internal error. Please try again.</Message></Error>';
}
