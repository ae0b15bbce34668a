/** A folder of `lib/` (or one beside it): what it is for, and which rooms its files may import, types included. */
export interface Room {
  about: string;
  imports: readonly string[];
}

/**
 * The architecture, lowest rooms first: a room imports only rooms above it in this table, so there are no circles.
 * `docs/architecture.svg` is drawn from it.
 */
export const ROOMS: Readonly<Record<string, Room>> = {
  model: { about: 'what every room may use: columns, periods, schedules, the record of an edition', imports: [] },
  sql: { about: 'reads the files of sql/ and quotes text for SQL', imports: [] },
  text: { about: 'how figures, periods and names are written for people', imports: ['model'] },
  store: { about: 'the port to files and objects: a folder or S3', imports: [] },
  tables: { about: 'rows as Arrow, Parquet and CSV', imports: ['model', 'store'] },
  engine: { about: 'the port to query engines', imports: ['model'] },
  'engine/athena': { about: 'runs queries on Athena', imports: ['engine', 'model', 'store', 'tables'] },
  'engine/duckdb': { about: 'runs queries on DuckDB', imports: ['engine', 'model', 'sql', 'tables'] },
  run: { about: 'steps that survive a restart, and the lease of a run', imports: ['engine', 'store'] },
  'parser/expression': {
    about: 'regular expressions with the meaning that they have for RE2 and Trino',
    imports: [],
  },
  formats: { about: 'what a line of each log format looks like', imports: ['model', 'parser/expression', 'sql'] },
  'formats/athena': { about: 'the reader of a format on Athena', imports: ['formats', 'sql'] },
  parser: {
    about: 'lines as columns: the texts, rows and times that scanners and mappings share',
    imports: [],
  },
  'parser/exact': {
    about: 'decides what a line is, one by one',
    imports: ['formats', 'parser/expression'],
  },
  'parser/scan': {
    about: 'reads lines of a format into columns',
    imports: ['formats', 'parser', 'parser/exact', 'parser/expression'],
  },
  'parser/sql': { about: "computes expressions of Trino's SQL", imports: ['parser/expression'] },
  'parser/mapping': {
    about: 'turns raw columns into those of requests',
    imports: ['formats', 'model', 'parser', 'parser/sql'],
  },
  'parser/lines': {
    about: 'turns lines of a format into columns of requests',
    imports: ['formats', 'parser', 'parser/mapping', 'parser/scan'],
  },
  sources: {
    about: 'where raw logs are stored, and how they are fetched',
    imports: ['formats', 'model', 'parser', 'store'],
  },
  owners: { about: 'which team or customer a request belongs to', imports: ['model', 'sql', 'store', 'tables'] },
  lake: {
    about: 'the days of parsed requests and their manifests',
    imports: ['engine', 'formats', 'model', 'sources', 'sql', 'store'],
  },
  'lake/athena': {
    about: 'fills the lake with Athena',
    imports: ['engine', 'formats', 'formats/athena', 'lake', 'model', 'run', 'sources', 'sql', 'store'],
  },
  'lake/parquet': { about: 'columns of requests as Parquet', imports: ['model', 'parser'] },
  'lake/duckdb': {
    about: 'fills the lake on a laptop',
    imports: [
      ...['engine/duckdb', 'formats', 'lake', 'lake/parquet', 'model', 'owners', 'parser', 'parser/lines'],
      ...['parser/scan', 'run', 'sources', 'sql', 'store'],
    ],
  },
  sections: { about: 'the questions of a report as SQL', imports: ['engine', 'formats', 'model', 'sql', 'text'] },
  insights: { about: 'findings in the rows of sections', imports: ['model', 'text'] },
  config: {
    about: 'reads and checks logtally.yaml',
    imports: ['formats', 'model', 'owners', 'sections', 'sources', 'text'],
  },
  views: { about: 'safe HTML', imports: ['text'] },
  'views/charts': { about: 'charts and pictures', imports: ['model', 'tables', 'text'] },
  'views/page': {
    about: 'the page of an edition',
    imports: ['insights', 'model', 'tables', 'text', 'views', 'views/charts'],
  },
  delivery: { about: 'sends messages, and signs links', imports: [] },
  'views/mail': {
    about: 'the mail of an edition',
    imports: ['delivery', 'insights', 'model', 'tables', 'text', 'views', 'views/charts'],
  },
  'views/terminal': { about: 'an edition on the terminal', imports: ['insights', 'model', 'tables', 'text'] },
  report: {
    about: 'the use cases: produce and deliver an edition, analyze',
    imports: [
      ...['config', 'delivery', 'engine', 'insights', 'lake', 'model', 'owners', 'run', 'sections', 'sources', 'store'],
      ...['tables', 'text', 'views/mail', 'views/page'],
    ],
  },
  lambdas: {
    about: 'the handlers of the functions in AWS',
    imports: [
      ...['config', 'delivery', 'engine', 'engine/athena', 'lake/athena', 'model', 'report', 'run', 'sources', 'store'],
    ],
  },
  infra: {
    about: 'the stack',
    imports: [
      ...[
        'config',
        'formats',
        'formats/athena',
        'lambdas',
        'model',
        'owners',
        'sections',
        'sources',
        'store',
        'views/charts',
      ],
    ],
  },
  cli: {
    about: 'the commands, a file each',
    imports: [
      ...['config', 'delivery', 'engine/duckdb', 'formats', 'lake', 'lake/duckdb', 'model', 'parser', 'parser/exact'],
      ...['parser/lines', 'report', 'run', 'sections', 'sources', 'store', 'tables', 'text', 'views/terminal'],
    ],
  },
  bin: { about: 'the programs', imports: ['cli', 'config', 'infra', 'model', 'sections'] },
};

/** Floors of the picture in docs/, lowest first: a room imports only rooms of its own layer and of layers below. */
export const LAYERS: readonly { title: string; rooms: readonly string[] }[] = [
  { title: 'Ground', rooms: ['model', 'sql', 'text'] },
  {
    title: 'Ports and adapters',
    rooms: ['store', 'tables', 'engine', 'engine/athena', 'engine/duckdb', 'run', 'delivery'],
  },
  {
    title: 'Raw logs',
    rooms: [
      ...[
        'formats',
        'formats/athena',
        'parser',
        'parser/exact',
        'parser/expression',
        'parser/scan',
        'parser/sql',
        'parser/mapping',
        'parser/lines',
        'sources',
      ],
    ],
  },
  { title: 'Parsed requests', rooms: ['owners', 'lake', 'lake/athena', 'lake/parquet', 'lake/duckdb'] },
  { title: 'Questions', rooms: ['sections', 'insights', 'config'] },
  { title: 'Views', rooms: ['views', 'views/charts', 'views/page', 'views/mail', 'views/terminal'] },
  { title: 'Use cases', rooms: ['report'] },
  { title: 'Programs', rooms: ['bin', 'cli', 'lambdas', 'infra'] },
];
