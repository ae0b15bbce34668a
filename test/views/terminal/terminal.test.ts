import { describe, expect, test } from '@jest/globals';
import { canRedraw, terminalOf } from '../../../lib/views/terminal/terminal.ts';

describe('colours', () => {
  const tty = { isTTY: true, columns: 100 };
  test.each([
    ['a terminal', tty, {}, true],
    ['a pipe', {}, {}, false],
    ['NO_COLOR', tty, { NO_COLOR: '1' }, false],
    ['NO_COLOR, empty', tty, { NO_COLOR: '' }, true],
    ['TERM=dumb', tty, { TERM: 'dumb' }, false],
    ['FORCE_COLOR in a pipe', {}, { FORCE_COLOR: '1' }, true],
    ['FORCE_COLOR over NO_COLOR', tty, { FORCE_COLOR: '1', NO_COLOR: '1' }, true],
    ['FORCE_COLOR=0', tty, { FORCE_COLOR: '0' }, false],
  ])('%s', (_name, stream, env, color) => {
    expect(terminalOf(stream, env).color).toBe(color);
  });
});

describe('the width', () => {
  test.each([
    [{ isTTY: true, columns: 100 }, {}, 100],
    [{ isTTY: true, columns: 300 }, {}, 120],
    [{ isTTY: true, columns: 10 }, {}, 40],
    [{ isTTY: true, columns: 0 }, {}, 80],
    [{}, {}, 80],
    [{}, { COLUMNS: '64' }, 64],
    [{}, { COLUMNS: 'wide' }, 80],
  ])('%j with %j is %d', (stream, env, width) => {
    expect(terminalOf(stream, env).width).toBe(width);
  });
});

test('a line is overwritten only on a terminal that supports it', () => {
  expect([canRedraw({ isTTY: true }, {}), canRedraw({ isTTY: true }, { TERM: 'dumb' }), canRedraw({}, {})]).toEqual([
    true,
    false,
    false,
  ]);
});
