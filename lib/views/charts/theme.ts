import type { PaletteColor } from './chart.ts';

/** Colours and font of a chart: CSS variables on the page, plain colours in pictures. */
export interface Theme {
  font: string;
  text: string;
  muted: string;
  border: string;
  background: string;
  palette: Record<PaletteColor, string>;
}

/** The page's colours as variables of its style sheet, so that a chart follows light and dark mode and print. */
export function pageTheme(font: string): Theme {
  return {
    font,
    text: 'var(--text)',
    muted: 'var(--muted)',
    border: 'var(--border)',
    background: 'var(--surface)',
    palette: {
      primary: 'var(--primary)',
      secondary: 'var(--secondary)',
      tertiary: 'var(--tertiary)',
      neutral: 'var(--neutral)',
      warning: 'var(--warning)',
      error: 'var(--error)',
      previous: 'var(--previous)',
    },
  };
}

/** The same colours as values, for pictures, which no style sheet reaches. */
export const PICTURE_THEMES: Record<'light' | 'dark', Theme> = {
  light: {
    font: 'Inter',
    text: '#1b2024',
    muted: '#59636b',
    border: '#e2e5e3',
    background: '#ffffff',
    palette: {
      primary: '#14857a',
      secondary: '#5b6fc4',
      tertiary: '#c27a2c',
      neutral: '#b6bfc4',
      warning: '#d9962b',
      error: '#c2412d',
      previous: '#8b979e',
    },
  },
  dark: {
    font: 'Inter',
    text: '#e6e9ea',
    muted: '#9da8ae',
    border: '#2b3235',
    background: '#191d1f',
    palette: {
      primary: '#45b8a8',
      secondary: '#8c9df0',
      tertiary: '#e0a45c',
      neutral: '#566169',
      warning: '#e0a845',
      error: '#ee7b66',
      previous: '#7d8a92',
    },
  },
};
