import { makeData, RecordBatch, type Schema, Struct } from 'apache-arrow';
import type { Column } from '../../model/columns.ts';
import { arrowSchema } from '../../tables/schema.ts';
import { type CsvSink, csvReader } from './csv.ts';
import { valueBuilder } from './values.ts';

const BATCH_ROWS = 10_000;
/** A batch with more text than this ends early, so that long values do not take more memory than short ones. */
const BATCH_TEXT_BYTES = 16 * 1024 * 1024;

/**
 * The rows of a result in Athena's CSV, as batches of at most 10,000 rows with the types of `columns`. An Error names the
 * place if the header has other columns or a row does not fit them.
 */
export async function* readResult(
  chunks: AsyncIterable<Uint8Array>,
  columns: readonly Column[],
): AsyncGenerator<RecordBatch> {
  const rows = rowCollector(columns);
  const reader = csvReader(rows);

  function read(step: () => void): RecordBatch[] {
    try {
      step();
    } catch (cause) {
      throw new Error(`Athena's result, ${rows.position()}: ${(cause as Error).message}`, { cause });
    }
    return rows.takeBatches();
  }

  for await (const chunk of chunks) {
    yield* read(() => reader.write(Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)));
  }
  yield* read(() => {
    reader.end();
    rows.end();
  });
}

interface RowCollector extends CsvSink {
  /** Closes the last batch. */
  end(): void;
  /** The batches closed since the last call. */
  takeBatches(): RecordBatch[];
  /** The position of the reader: header, or row and column. */
  position(): string;
}

/** Checks the header and collects the rows after it into batches. */
function rowCollector(columns: readonly Column[]): RowCollector {
  const schema = arrowSchema(columns);
  const header: string[] = [];
  const closed: RecordBatch[] = [];
  let batch = emptyBatch(columns, schema);
  let row = 0;
  let column = 0;

  function builderOfColumn() {
    const builder = batch.builders[column];
    if (!builder) throw new Error(`there are more values than the ${columns.length} columns`);
    return builder;
  }

  function closeBatch(): void {
    closed.push(toRecordBatch(schema, batch));
    batch = emptyBatch(columns, schema);
  }

  return {
    value(bytes, start, end) {
      if (row === 0) {
        header.push(bytes.toString('utf8', start, end));
        return;
      }
      builderOfColumn().append(bytes, start, end);
      batch.text_bytes += end - start;
      column++;
    },
    null() {
      if (row === 0) return;
      builderOfColumn().appendNull();
      column++;
    },
    endRow() {
      if (row === 0) checkHeader(header, columns);
      else {
        if (column < columns.length) throw new Error(`${column} values for ${columns.length} columns`);
        batch.rows++;
        if (batch.rows === BATCH_ROWS || batch.text_bytes >= BATCH_TEXT_BYTES) closeBatch();
      }
      row++;
      column = 0;
    },
    end() {
      if (row === 0) throw new Error('the header is missing');
      if (batch.rows > 0) closeBatch();
    },
    takeBatches: () => closed.splice(0),
    position: () => (row === 0 ? 'header' : `row ${row}, column '${columns[column]?.name ?? column + 1}'`),
  };
}

function checkHeader(header: readonly string[], columns: readonly Column[]): void {
  const found = header.join(', ');
  const expected = columns.map(({ name }) => name).join(', ');
  if (found !== expected) throw new Error(`the query returned the columns ${found || '(none)'} instead of ${expected}`);
}

function emptyBatch(columns: readonly Column[], schema: Schema) {
  const builders = columns.map(({ type }, index) => valueBuilder(type, schema.fields[index]?.type, BATCH_ROWS));
  return { builders, rows: 0, text_bytes: 0 };
}

function toRecordBatch(schema: Schema, { builders, rows }: ReturnType<typeof emptyBatch>): RecordBatch {
  const children = builders.map((builder) => builder.finish());
  return new RecordBatch(schema, makeData({ type: new Struct(schema.fields), length: rows, nullCount: 0, children }));
}
