import { megabytes, unlikeLog } from '../logs.ts';
import { S3_DAYS } from '../workload.ts';
import type { MeasurePart } from './part.ts';
import { reportFigures } from './reports.ts';

/** The worst case of a reader that keeps what it has seen: nearly every line of S3 has texts of its own. */
export const unlike: MeasurePart = async (settings) => {
  const path = await unlikeLog(settings.lines);
  const log = { name: 'little repeats', lake: 'unlike', format: 's3-access', path, days: S3_DAYS, least: 400_000 };
  const title = `S3, one file of ${megabytes(path)} in which little repeats`;
  return { title, figures: await reportFigures(log, settings) };
};
