import { downloadKindsSql } from '../../formats/download-kinds.ts';
import { FILE_DAY_COLUMN, type Format, LINE_COLUMN, rawColumns, UNPARSED_COLUMN } from '../../formats/format.ts';
import { MAPPED_COLUMNS, mappingSql } from '../../formats/mapping.ts';
import { REQUEST_COLUMNS } from '../../model/request-columns.ts';
import type { MappedBatch, MappedColumn } from '../mapped-batch.ts';
import type { LineChunk, RawBatch } from '../raw-batch.ts';
import { type Node, Nodes } from '../sql/node.ts';
import { parseQuery } from '../sql/parse.ts';
import { Columns } from './columns.ts';
import { CopiedColumn, copyOf } from './copied-column.ts';
import { type MappedFile, RawColumns } from './raw-columns.ts';
import { rejectReader } from './rejects.ts';

/** Turns raw columns into the columns of `requests`. */
export interface Mapping {
  /** Names of the raw columns that matter: a scanner may leave out all others. */
  needed: ReadonlySet<string>;
  /** The raw column that alone decides the time, so that a scanner may keep its clock apart; null if there is none. */
  clock_column: string | null;
  map(batch: RawBatch, chunk: LineChunk, file: MappedFile): MappedBatch;
  /** Forgets all texts, which must happen whenever the scanner forgets its own. */
  clear(): void;
}

const OUTPUT_COLUMNS = REQUEST_COLUMNS.filter(({ name }) => MAPPED_COLUMNS.includes(name) || name === 'download');

/**
 * The mapping of a format, with the values that Athena computes: from the SQL of `mappingSql` and `downloadKindsSql`. What
 * depends on a text alone is computed once per text.
 */
export function compileMapping(format: Format): Mapping {
  const raw = new RawColumns(format);
  const columns = new Columns((name) => raw.column(name));
  const { ofFitLine, ofLine, isRecord } = mappedNodes(format);
  const timeColumns = columnsBelow([ofFitLine('time')]).filter((name) => name !== FILE_DAY_COLUMN);
  const clock_column = timeColumns.length === 1 ? (timeColumns[0] as string) : null;
  const outputs = OUTPUT_COLUMNS.map(({ name, type }) =>
    output(name, type as MappedType, ofFitLine(name), columns, raw),
  );
  const isRejected = columns.splitter(isRecord, false);
  const rejectNodes = { reason: ofLine('reason'), line: ofLine('line') };
  const rejectColumns = columnsBelow(Object.values(rejectNodes));
  const readReject = rejectReader(raw, rejectNodes, rejectColumns, clock_column);
  const below = new Set([...columnsBelow(OUTPUT_COLUMNS.map(({ name }) => ofFitLine(name))), ...rejectColumns]);
  let fit = new Int32Array(0);
  return {
    needed: new Set(rawColumns(format).filter((name) => name !== LINE_COLUMN && below.has(name))),
    clock_column,
    map(batch, chunk, file) {
      const { rows, unfit, clock_ms } = batch;
      if (fit.length < rows) fit = new Int32Array(rows);
      let count = 0;
      for (let row = 0; row < rows; row++) if (unfit[row] === 0) fit[count++] = row;
      raw.start(batch, file);
      columns.start(fit, count, rows);
      const rejected = Uint8Array.from(unfit.subarray(0, rows));
      for (const row of columns.find(isRejected)) rejected[row] = 1;
      const rejects = [...rejected.keys()]
        .filter((row) => rejected[row] === 1)
        .map((row) => readReject(batch, chunk, row));
      const mapped = outputs.map((read) => read(rows));
      const [time] = mapped;
      if (clock_column !== null && time && 'values' in time) {
        for (let row = 0; row < rows; row++)
          time.values[row] = (time.values[row] as number) + (clock_ms[row] as number);
      }
      return { rows, columns: mapped, rejects, rejected };
    },
    clear() {
      columns.clear();
      raw.clear();
    },
  };
}

type MappedType = MappedColumn['type'];

/** A function that computes a column of the batch. */
function output(
  name: string,
  type: MappedType,
  node: Node,
  columns: Columns,
  raw: RawColumns,
): (rows: number) => MappedColumn {
  if (type !== 'varchar') {
    const numbers = columns.numbers(node);
    return () => {
      const { values, exact } = numbers();
      return { name, type, values, ...(exact.size > 0 ? { exact } : {}) };
    };
  }
  const copy = copyOf(node);
  if (copy) {
    const column = new CopiedColumn(raw.column(copy.name), copy.absent);
    return (rows) => ({ name, type, ids: column.ids(rows), texts: column.base.texts });
  }
  const column = columns.texts(node);
  return () => ({ name, type, ids: column.idsOf(), texts: column.texts });
}

/** The columns of a format's mapping by name, of lines that fit the format and of all lines. */
function mappedNodes(format: Format) {
  const nodes = new Nodes([LINE_COLUMN]);
  const query = parseQuery(downloadKindsSql(`(${mappingSql(format, 'raw')})`));
  const names = [...rawColumns(format), FILE_DAY_COLUMN, LINE_COLUMN, UNPARSED_COLUMN, '$path'];
  const raw = new Map(names.map((name) => [name, nodes.column(name)]));
  const finder = (table: ReadonlyMap<string, Node>) => {
    const mapped = nodes.ofQuery(query, new Map([['raw', table]]));
    return (name: string) => mapped.get(name) as Node;
  };
  const ofFitLine = finder(new Map([...raw, [UNPARSED_COLUMN, nodes.literal(null)]]));
  return { ofFitLine, ofLine: finder(raw), isRecord: nodes.isNull(ofFitLine('line')) };
}

/** The names of the columns that nodes depend on. */
function columnsBelow(nodes: readonly Node[]): string[] {
  const seen = new Set<Node>();
  const visit = (node: Node) => {
    if (seen.has(node)) return;
    seen.add(node);
    node.args.forEach(visit);
  };
  nodes.forEach(visit);
  return [...seen].filter(({ op }) => op === 'column').map(({ name }) => name);
}
