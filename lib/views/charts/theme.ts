import type { Look, Tone } from './chart.ts';

const TONES: readonly Tone[] = ['main', 'second', 'third', 'calm', 'warning', 'bad', 'before'];

/** The page's colours by their names in its style sheet, so that a drawing follows light, dark and paper by itself. */
export function pageLook(font: string): Look {
  return {
    font,
    ink: 'var(--ink)',
    soft: 'var(--soft)',
    line: 'var(--line)',
    paper: 'var(--raised)',
    tones: Object.fromEntries(TONES.map((tone) => [tone, `var(--${tone})`])) as Record<Tone, string>,
  };
}

/** The same colours in figures, for pictures: style sheets do not reach into those. */
export const PICTURE_LOOKS: Record<'light' | 'dark', Look> = {
  light: {
    font: 'Inter',
    ink: '#1b2024',
    soft: '#59636b',
    line: '#e2e5e3',
    paper: '#ffffff',
    tones: {
      main: '#14857a',
      second: '#5b6fc4',
      third: '#c27a2c',
      calm: '#b6bfc4',
      warning: '#d9962b',
      bad: '#c2412d',
      before: '#8b979e',
    },
  },
  dark: {
    font: 'Inter',
    ink: '#e6e9ea',
    soft: '#9da8ae',
    line: '#2b3235',
    paper: '#191d1f',
    tones: {
      main: '#45b8a8',
      second: '#8c9df0',
      third: '#e0a45c',
      calm: '#566169',
      warning: '#e0a845',
      bad: '#ee7b66',
      before: '#7d8a92',
    },
  },
};
