import { Random } from '../oracle/random.ts';

/** What stands in lines and in what carries them, and what is odd in each. */
const PIECES = [
  ...'" -[]{}=,:;|#%\\/0A\t\u2028😀',
  ...[
    '""',
    '\\"',
    '\\\\',
    ' "',
    '" ',
    '-\t',
    '  ',
    'null',
    '\\u00e9',
    '\\ud800',
    '\\u0000',
    '1e3',
    ',}',
    '\u0001',
    '\u00a0',
  ],
  ...['{"log":"', '\\n"}', 'web-1  | ', '2026-10-06T00:00:38Z ', '<190>Oct  6 00:00:38 web1 app: ', '\ufffd', '\ufeff'],
];

/** `count` lines made from others with pieces dropped, doubled, put in, moved and cut; `seed` decides how. */
export function damagedLines(good: readonly string[], count: number, seed: number): string[] {
  const random = new Random(seed);
  return Array.from({ length: count }, () => {
    let line = random.pick(good);
    for (let changes = random.below(4); changes >= 0; changes--) {
      const at = random.below(line.length + 1);
      const end = at + random.below(random.below(2) === 0 ? 3 : 30);
      const other = random.pick(good);
      const from = random.below(other.length + 1);
      const between = [
        () => '',
        () => random.pick(PIECES),
        () => line.slice(at, end) + line.slice(at, end),
        () => other.slice(from, from + random.below(40)),
      ];
      const isPutIn = random.below(2) === 0;
      line = line.slice(0, at) + random.pick(between)() + line.slice(isPutIn ? at : end);
    }
    return line.toWellFormed().replace(/[\r\n]/g, ' ');
  });
}

/** A seed of its own for each run; `SEED=` repeats one. */
export function printedSeed(name: string): number {
  const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 32));
  process.stderr.write(`${name}: SEED=${seed} repeats this run\n`);
  return seed;
}
