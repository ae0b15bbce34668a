import * as z from 'zod';
import { COLUMN_COLORS } from '../model/columns.ts';

/** How a column is described: in the dictionary, with a measure, and in a header that differs from both. */
export const columnSchema = z.strictObject({
  type: z.enum(['varchar', 'boolean', 'integer', 'bigint', 'double', 'timestamp', 'date']),
  title: z.string().min(1),
  unit: z.enum(['count', 'bytes', 'ms', 'usd', 'percent', 'day', 'hour']).optional(),
  approximate: z.boolean().optional(),
  color: z.enum(COLUMN_COLORS).optional(),
});
