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
