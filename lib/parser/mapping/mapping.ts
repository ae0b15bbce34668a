import { downloadKindsSql } from '../../formats/download-kinds.ts';
import { FILE_DAY_COLUMN, type Format, LINE_COLUMN, rawColumns, UNPARSED_COLUMN } from '../../formats/format.ts';
import { MAPPED_COLUMNS, mappingSql } from '../../formats/mapping.ts';
import { REQUEST_COLUMNS } from '../../model/request-columns.ts';
import type { MappedBatch, MappedColumn } from '../mapped-batch.ts';
import type { LineChunk, RawBatch } from '../raw-batch.ts';
import { isLiteral, type Node, Nodes, type Columns as SqlColumns } from '../sql/node.ts';
import { parseQuery } from '../sql/parse.ts';
import { Columns } from './columns.ts';
import { CopiedColumn, copyOf } from './copied-column.ts';
import { type MappedFile, PATH_COLUMN, RawColumns } from './raw-columns.ts';
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
  const nodes = new Nodes([LINE_COLUMN]);
  const { ofRecord, ofLine, isRecord } = mappedNodes(nodes, format);
  const made = OUTPUT_COLUMNS.map(({ name, type }) => ({ name, type: type as MappedType, node: ofRecord(name) }));
  const texts = made.filter(({ type }) => type === 'varchar').map(({ node }) => node);
  const computed = texts.filter((node) => !isLiteral(node) && !copyOf(node));
  const columns = new Columns(nodes, (name) => raw.column(name), computed);
  const timeColumns = columnsBelow([ofRecord('time')]).filter((name) => name !== FILE_DAY_COLUMN);
  const clock_column = timeColumns.length === 1 ? (timeColumns[0] as string) : null;
  const outputs = made.map(({ name, type, node }) => output(name, type, node, columns, raw));
  const isRejected = columns.splitter(isRecord, false);
  const rejectNodes = { reason: ofLine('reason'), line: ofLine('line') };
  const rejectColumns = columnsBelow(Object.values(rejectNodes));
  const readReject = rejectReader(raw, rejectNodes, rejectColumns, clock_column);
  const below = new Set([...columnsBelow(made.map(({ node }) => node)), ...rejectColumns]);
  let records: Int32Array<ArrayBuffer> = new Int32Array(0);
  return {
    needed: new Set(rawColumns(format).filter((name) => name !== LINE_COLUMN && below.has(name))),
    clock_column,
    map(batch, chunk, file) {
      const { rows, unfit, clock_ms } = batch;
      raw.start(batch, file);
      if (records.length < rows) records = new Int32Array(rows * 2);
      const rejected = unfit.slice(0, rows);
      columns.start(records, listRows(rejected, 0, records), rows);
      for (const row of columns.find(isRejected)) rejected[row] = 1;
      const rejects = [...records.subarray(0, listRows(rejected, 1, records))].map((row) =>
        readReject(batch, chunk, row),
      );
      columns.start(records, listRows(rejected, 0, records), rows);
      const mapped = outputs.map((read) => read(rows));
      const [time] = mapped;
      if (clock_column !== null && time && 'values' in time) addClock(time.values, clock_ms, rows);
      return { rows, columns: mapped, rejects, rejected };
    },
    clear() {
      columns.clear();
      raw.clear();
    },
  };
}

/** Lists the rows whose flag is `wanted`, and returns their number. */
function listRows(flags: Uint8Array, wanted: number, list: Int32Array): number {
  let count = 0;
  for (let row = 0; row < flags.length; row++) if (flags[row] === wanted) list[count++] = row;
  return count;
}

function addClock(times: Float64Array, clock_ms: Float64Array, rows: number): void {
  for (let row = 0; row < rows; row++) times[row] = (times[row] as number) + (clock_ms[row] as number);
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

/** The columns of a format's mapping by name: of lines that are records, and of all lines. */
function mappedNodes(nodes: Nodes, format: Format) {
  const query = parseQuery(downloadKindsSql(`(${mappingSql(format, 'raw')})`));
  const names = [...rawColumns(format), FILE_DAY_COLUMN, LINE_COLUMN, UNPARSED_COLUMN, PATH_COLUMN];
  const raw = new Map(names.map((name) => [name, () => nodes.column(name)]));
  const columnsOf = (table: SqlColumns) => {
    const mapped = nodes.ofQuery(query, new Map([['raw', table]]));
    return (name: string) => (mapped.get(name) as () => Node)();
  };
  const ofLine = columnsOf(raw);
  const fit = new Map([...raw, [UNPARSED_COLUMN, () => nodes.literal(null)]]);
  const isRecord = nodes.isNull(columnsOf(fit)('line'));
  nodes.assume(isRecord, true);
  return { ofLine, isRecord, ofRecord: columnsOf(fit) };
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
