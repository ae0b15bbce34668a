import * as z from 'zod';
import { COLUMN_COLORS } from '../model/columns.ts';

/** The description of a column: in the dictionary, of a measure, or in a header that overrides them. */
export const columnSchema = z.strictObject({
  type: z.enum(['varchar', 'boolean', 'integer', 'bigint', 'double', 'timestamp', 'date']),
  title: z.string().min(1),
  unit: z.enum(['count', 'bytes', 'ms', 'usd', 'percent', 'day', 'hour']).optional(),
  approximate: z.boolean().optional(),
  color: z.enum(COLUMN_COLORS).optional(),
});
