import { globSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { drawArchitecture } from './picture.ts';
import { LAYERS, ROOMS } from './rooms.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const FILES = globSync(['lib/**/*.ts', 'lambdas/*.ts'], { cwd: ROOT }).filter((file) => !file.endsWith('.d.ts'));

/** The room of a file: the longest folder in the table that holds it. */
function roomOf(file: string): string | undefined {
  const folders = dirname(file)
    .replace(/^lib\/?/, '')
    .split('/');
  while (folders.length > 0) {
    const room = folders.join('/');
    if (Object.hasOwn(ROOMS, room)) return room;
    folders.pop();
  }
  return undefined;
}

/** Files of the project that a file imports, those it needs for types alone included. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(ROOT, file), 'utf8');
  const specifiers = [...text.matchAll(/\bfrom '(\.[^']+)'|\bimport\(\s*'(\.[^']+)'|^import '(\.[^']+)'/gm)];
  return specifiers
    .map(([, from, dynamic, bare]) => relative(ROOT, resolve(ROOT, dirname(file), from ?? dynamic ?? bare ?? '')))
    .filter((target) => target.endsWith('.ts'));
}

/** Says what is wrong with an import and where the line may go instead; undefined when the table allows it. */
function complaint(file: string, target: string): string | undefined {
  const [room, other] = [roomOf(file), roomOf(target)];
  if (room === undefined || other === undefined || room === other) return undefined;
  if (ROOMS[room]?.imports.includes(other)) return undefined;
  const homes = Object.keys(ROOMS).filter((name) => ROOMS[name]?.imports.includes(other));
  return `${file} imports ${target}, but ${room} may not import ${other}. Move the line to a room that may (${homes.join(', ')}), pass in what it needs, or change the table in test/architecture/rooms.ts and say why.`;
}

describe('architecture', () => {
  test('every file of lib/ is in a room; no file is at the top', () => {
    expect(FILES.length).toBeGreaterThan(200);
    expect(FILES.filter((file) => roomOf(file) === undefined)).toEqual([]);
  });

  test('rooms import only what the table allows', () => {
    const complaints = FILES.flatMap((file) => importsOf(file).flatMap((target) => complaint(file, target) ?? []));
    expect(complaints).toEqual([]);
  });

  test('the table has no circles: a room imports only rooms listed before it', () => {
    const names = Object.keys(ROOMS);
    for (const [index, name] of names.entries()) {
      const before = names.slice(0, index);
      expect({ name, later: ROOMS[name]?.imports.filter((other) => !before.includes(other)) }).toEqual({
        name,
        later: [],
      });
    }
  });

  test('the table allows nothing that no file uses', () => {
    const used = new Map<string, Set<string>>();
    for (const file of FILES) {
      const others = used.get(roomOf(file) ?? '') ?? new Set();
      for (const target of importsOf(file)) others.add(roomOf(target) ?? '');
      used.set(roomOf(file) ?? '', others);
    }
    const unused = [...used].flatMap(([room, others]) =>
      (ROOMS[room]?.imports ?? []).filter((other) => !others.has(other)).map((other) => `${room} → ${other}`),
    );
    expect(unused).toEqual([]);
  });

  test('every room is in one layer of the picture', () => {
    expect(LAYERS.flatMap(({ rooms }) => rooms).sort()).toEqual(Object.keys(ROOMS).sort());
  });

  test('rooms import only rooms of their own layer and of layers below', () => {
    const floorOf = (room: string) => LAYERS.findIndex(({ rooms }) => rooms.includes(room));
    const climbs = Object.entries(ROOMS).flatMap(([room, { imports }]) =>
      imports.filter((other) => floorOf(other) > floorOf(room)).map((other) => `${room} → ${other}`),
    );
    expect(climbs).toEqual([]);
  });

  test('docs/architecture.svg shows this table', () => {
    const isCurrent = readFileSync(join(ROOT, 'docs', 'architecture.svg'), 'utf8') === drawArchitecture();
    expect(isCurrent ? 'current' : 'old: npm run architecture draws it').toBe('current');
  });

  test('a forbidden import is refused with the rooms that may contain it', () => {
    expect(complaint('lib/text/figure.ts', 'lib/store/s3.ts')).toContain('text may not import store');
    expect(complaint('lib/text/figure.ts', 'lib/store/s3.ts')).toContain('tables');
    expect(complaint('lib/tables/csv.ts', 'lib/store/store.ts')).toBeUndefined();
  });
});
