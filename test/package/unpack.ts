import { rmSync } from 'node:fs';

/** Removes what `pack` wrote. */
export default function unpack(): void {
  rmSync(process.env.LOGTALLY_PACKED ?? '', { recursive: true, force: true });
}
