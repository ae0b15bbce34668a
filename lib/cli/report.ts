import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config, Report } from '../config.ts';
import { type Addresses, deliverEdition } from '../deliver-edition.ts';
import type { Edition } from '../edition.ts';
import { type Duckdb, openDuckdb } from '../engine/duckdb.ts';
import { openLake, openNames } from '../lake/lake-views.ts';
import { refreshLocal } from '../lake/local-lake.ts';
import { openLocalRaw } from '../lake/local-raw.ts';
import { findRawFiles, type RawFile } from '../lake/raw-files.ts';
import { localFlow } from '../local-flow.ts';
import { type SmtpSettings, smtpMailer, smtpSettings } from '../mail/smtp.ts';
import { daysOf } from '../period.ts';
import { addressKey } from '../privacy/privacy.ts';
import { type EditionPorts, type Produced, produceEdition, readTables, type StepRecord } from '../produce-edition.ts';
import { removableOriginals } from '../remove-originals.ts';
import { folderStore } from '../store/folder.ts';
import type { Store } from '../store/store.ts';
import { VIEWED_SECTIONS } from '../terminal/edition.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { visibleText } from '../text/visible-text.ts';
import { ownFormats } from './config-file.ts';
import { detectFormats, type FormatFiles } from './detect-formats.ts';
import { openPage } from './open-page.ts';
import { openProgress, type Progress } from './progress.ts';
import { detectsFormats, type ReportOptions, type ReportSetup, reportSetup } from './report-setup.ts';
import { reportSummary, summaryJson } from './summary.ts';
import { UsageError } from './usage-error.ts';

/** `logtally report`: an edition of a report from logs on this machine, written below the output folder. */
export async function report(options: ReportOptions): Promise<void> {
  const started = new Date();
  const run_id = randomUUID();
  const detected = detectsFormats(options) ? await detectInput(options) : undefined;
  const setup = reportSetup(options, started, detected);
  const smtp = options.email ? mailSettings() : undefined;
  const address_key = addressKeyOf(setup.report);
  const files = await rawFiles(setup, detected);
  const progress = openProgress(process.stderr);
  const steps: StepRecord[] = [];
  const onStep = (step: StepRecord) => {
    steps.push(step);
    progress.clear();
    if (options.verbose) process.stderr.write(`${stepLine(step)}\n`);
    const done = steps.filter(({ name }) => setup.report.sections.includes(name)).length;
    if (done > 0)
      progress.update('sections', { at: step.name, done, total: setup.report.sections.length, unit: 'sections' });
  };
  const duckdb = await openLocal(setup);
  try {
    const flow = localFlow();
    const ports = { ...localPorts(setup, duckdb, files, onStep, progress.update), ...(address_key && { address_key }) };
    const produced = await produceEdition(flow, ports, {
      report: setup.report,
      period: setup.period,
      select_all: options.selectAll ?? setup.report.select_all,
      remove_meta: options.removeMeta ?? setup.report.remove_meta,
      started_at: started.toISOString(),
      run_id,
    });
    const delivery = await deliverEdition(flow, deliveryPorts(setup, ports.editions, smtp, run_id), produced);
    const removed = options.removeOriginalLogs
      ? await removeOriginals(setup, ports.lake, files, options.dryRun ?? false)
      : undefined;
    progress.clear();
    const folder = join(setup.out, produced.prefix);
    const outcome = { changed: produced.changed, delivery, folder, removed };
    if (setup.output === 'json') process.stdout.write(summaryJson(produced, outcome, steps));
    else {
      const edition = await viewedEdition(ports.editions, produced);
      process.stdout.write(reportSummary(edition, outcome, terminalOf(process.stdout, process.env)));
    }
    if (options.open) await openPage(join(folder, 'report.html'));
    if (produced.record.sources.every(({ lines, unreadable }) => lines === 0 && unreadable.length > 0))
      process.exitCode = 1;
  } finally {
    progress.clear();
    duckdb.close();
  }
}

/** The edition with the rows that the end of a run shows. */
async function viewedEdition(editions: Store, { record, prefix }: Produced): Promise<Edition> {
  const sections = record.sections.filter(({ id }) => VIEWED_SECTIONS.includes(id));
  return { record, tables: await readTables(editions, prefix, { ...record, sections }) };
}

/** What addresses are hashed with, where the report asks for that; the secret is in the environment. */
function addressKeyOf({ name, privacy: { client_ip, salt_env } }: Report): string | undefined {
  if (client_ip !== 'hash') return undefined;
  try {
    return addressKey(process.env[salt_env], name, `the environment variable ${salt_env}`);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function mailSettings(): SmtpSettings {
  const settings = smtpSettings(process.env);
  if (!settings) {
    throw new UsageError(
      '--email sends by SMTP; set SMTP_HOST, SMTP_USERNAME, SMTP_PASSWORD, REPLY_TO_EMAIL, FROM_EMAIL and TARGET_EMAIL_ADDRESS',
    );
  }
  return settings;
}

/** The files of --input by the formats that they look like. */
async function detectInput({ input = [], config, verbose = false }: ReportOptions): Promise<FormatFiles[]> {
  const tell = (line: string) => process.stderr.write(`${line}\n`);
  return detectFormats(await findRawFiles(input), ownFormats(config), { verbose, tell });
}

async function rawFiles(
  { inputs, config }: ReportSetup,
  detected: readonly FormatFiles[] | undefined,
): Promise<Map<string, RawFile[]>> {
  const files = new Map<string, RawFile[]>();
  for (const [source, paths] of inputs) {
    const group = detected?.find(({ format }) => format === config.sources[source]?.definition);
    files.set(source, group?.files ?? (await findRawFiles(paths)));
  }
  return files;
}

function openLocal({ config, lake_folder }: ReportSetup): Promise<Duckdb> {
  const { memory, threads } = config.limits;
  return openDuckdb({ memory, threads, temp_folder: join(lake_folder, '.temporary') });
}

function localPorts(
  setup: ReportSetup,
  duckdb: Duckdb,
  files: ReadonlyMap<string, RawFile[]>,
  onStep: (step: StepRecord) => void,
  onProgress: Progress['update'],
): EditionPorts {
  const { config, lake_folder } = setup;
  const database = config.stack.database;
  const concurrency = config.limits.threads ?? navigator.hardwareConcurrency;
  const store = folderStore(lake_folder);
  const { late_days } = config.limits;
  return {
    config,
    engine: duckdb.engine,
    database,
    lake: store,
    editions: folderStore(setup.out),
    openNames: (edition) => openNames(duckdb, lake_folder, database, edition),
    onStep,
    rawLines: (source, period) =>
      openLocalRaw({ duckdb, folder: lake_folder, late_days }, source, files.get(source.name) ?? [], daysOf(period)),
    async refresh(_flow, name, before, period) {
      const source = config.sources[name];
      if (!source) throw new Error(`unknown source ${name}`);
      const days = [...daysOf(before), ...daysOf(period)];
      const lake = {
        duckdb,
        folder: lake_folder,
        store,
        concurrency,
        late_days,
        exact: setup.exact,
        onUnreadable: (log_object: string, reason: string) =>
          process.stderr.write(`${visibleText(log_object)}: ${reason}\n`),
        onReading: (percent: number) =>
          onProgress('lines', { at: name, done: Math.floor(percent), total: 100, unit: 'percent' }),
        onDay: (day: string, lines: number, done: number, total: number) =>
          onProgress(name, { at: day, done, total, unit: 'days', lines }),
      };
      await refreshLocal(lake, localFlow(concurrency), source, files.get(name) ?? [], days);
      await openLake(duckdb, lake_folder, database, setup.report.sources, days);
      return [];
    },
  };
}

function deliveryPorts(
  { config, report }: ReportSetup,
  editions: Store,
  smtp: SmtpSettings | undefined,
  run_id: string,
) {
  return {
    editions,
    addresses: addressesOf(config, report, smtp),
    link: async (fileName: string) => `./${encodeURIComponent(fileName)}`,
    ...(smtp ? { mailer: smtpMailer(smtp) } : {}),
    run_id,
  };
}

/** The environment's addresses, else the config's; a mail that is only written to a file names invented ones. */
function addressesOf({ mail }: Config, report: Report, smtp: SmtpSettings | undefined): Addresses {
  const from = smtp?.from ?? mail?.from ?? 'logtally@example.com';
  const recipients = report.recipients.length > 0 ? report.recipients : ['you@example.com'];
  return {
    from,
    reply_to: smtp?.reply_to ?? mail?.reply_to ?? from,
    to: smtp?.to ?? recipients,
    subject_prefix: mail?.subject_prefix ?? '[Logtally]',
  };
}

async function removeOriginals(
  setup: ReportSetup,
  lake: Store,
  files: ReadonlyMap<string, RawFile[]>,
  dry: boolean,
): Promise<{ paths: string[]; dry: boolean }> {
  const paths: string[] = [];
  for (const name of setup.report.sources) {
    const source = setup.config.sources[name];
    const present = files.get(name) ?? [];
    if (!source?.folder || setup.exact)
      throw new UsageError('--remove-original-logs is for a source with a folder in the config, not for --input');
    const { objects } = await removableOriginals(lake, source, setup.period, present, `${source.folder}/`, [
      `${setup.lake_folder}/`,
      `${setup.out}/`,
    ]);
    const removable = new Set(objects.map(({ log_object }) => log_object));
    paths.push(...present.filter(({ log_object }) => removable.has(log_object)).map(({ path }) => path));
  }
  if (!dry) for (const path of paths) await rm(path);
  return { paths, dry };
}

function stepLine({ name, rows, duration_ms }: StepRecord): string {
  const figures = rows === undefined ? '' : `${rows} rows, `;
  return `${name.padEnd(28)} ${figures}${Math.round(duration_ms)} ms`;
}
