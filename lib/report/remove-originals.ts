import { removableOriginals } from '../lake/remove-originals.ts';
import type { Flow } from '../run/flow.ts';
import type { ReportPorts, ReportRequest } from './ports.ts';
import { sourcesOf } from './section-scope.ts';

/**
 * Deletes the raw logs of a report's period whose lines are all in the lake; returns how many. An Error if the
 * configuration does not allow it.
 */
export async function removeOriginals(
  flow: Flow,
  { config, lake, editions, originals }: ReportPorts,
  { report, period }: ReportRequest,
): Promise<number> {
  let removed = 0;
  for (const source of sourcesOf(config, report)) {
    const { root, list, uncounted, remove } = originals(source);
    const kept = new Set(await uncounted(flow, period));
    removed += await flow.step(`remove originals of ${source.name}`, async () => {
      const present = await list(period);
      const ours = [lake.root, editions.root];
      const { objects } = await removableOriginals(lake, source, period, present, root, ours);
      return remove(objects.filter(({ log_object }) => !kept.has(log_object)));
    });
  }
  return removed;
}
