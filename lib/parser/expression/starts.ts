import { type CodePoints, normalized } from './code-points.ts';
import type { Part } from './syntax.ts';

/** With which code points the texts of a part may start; `isEmpty` if the empty text is one of them. */
export interface Starts {
  points: CodePoints;
  isEmpty: boolean;
}

/** The starts of the texts that a part of an expression matches. */
export function startsOf(part: Part): Starts {
  switch (part.type) {
    case 'points':
      return { points: part.points, isEmpty: false };
    case 'group':
      return startsOf(part.part);
    case 'repeat': {
      if (part.max === 0) return { points: [], isEmpty: true };
      const { points, isEmpty } = startsOf(part.part);
      return { points, isEmpty: isEmpty || part.min === 0 };
    }
    case 'choice': {
      const all = part.parts.map(startsOf);
      return { points: normalized(all.flatMap(({ points }) => points)), isEmpty: all.some(({ isEmpty }) => isEmpty) };
    }
    case 'sequence':
      return sequenceStarts(part.parts);
    default:
      return { points: [], isEmpty: true };
  }
}

/** The starts of parts one after the other. */
export function sequenceStarts(parts: readonly Part[]): Starts {
  let points: CodePoints = [];
  for (const part of parts) {
    const starts = startsOf(part);
    points = normalized([...points, ...starts.points]);
    if (!starts.isEmpty) return { points, isEmpty: false };
  }
  return { points, isEmpty: true };
}
