import { megabytes, webLog } from '../logs.ts';
import { WEB_DAYS } from '../workload.ts';
import type { MeasurePart } from './part.ts';
import { reportFigures } from './reports.ts';

/** The least that a format has to reach: lines per second into the lake. */
const LEAST = 800_000;
const LEAST_OF: Readonly<Record<string, number>> = { json: 500_000, 's3-json': 500_000 };

/** One format other than S3's text: lines into the lake, and the report beside GoAccess on the same file. */
export function formatPart(format: string): MeasurePart {
  return async (settings) => {
    const path = await webLog(format, settings.lines);
    const log = { name: format, lake: format, format, path, days: WEB_DAYS, least: LEAST_OF[format] ?? LEAST };
    return { title: `${format}, one file of ${megabytes(path)}`, figures: await reportFigures(log, settings) };
  };
}
