import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config, Report } from '../config.ts';
import { type Addresses, deliverEdition } from '../deliver-edition.ts';
import type { Edition } from '../edition.ts';
import { askedSections } from '../edition-sections.ts';
import type { RawFile } from '../lake/raw-files.ts';
import { type SmtpSettings, smtpMailer, smtpSettings } from '../mail/smtp.ts';
import { type Produced, produceEdition, type StepRecord } from '../produce-edition.ts';
import { removableOriginals } from '../remove-originals.ts';
import type { Store } from '../store/store.ts';
import { readTables } from '../stored-edition.ts';
import { VIEWED_SECTIONS } from '../terminal/edition.ts';
import { terminalOf } from '../terminal/terminal.ts';
import { inTurn } from './in-turn.ts';
import { addressKeyOf, detectInput, localPorts, openLocal, rawFiles, stepLine } from './local-run.ts';
import { openPage } from './open-page.ts';
import { openProgress } from './progress.ts';
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
  const asked = new Set(askedSections(setup.config, setup.report).map(({ id }) => id));
  const steps: StepRecord[] = [];
  const onStep = (step: StepRecord) => {
    steps.push(step);
    progress.clear();
    if (options.verbose) process.stderr.write(`${stepLine(step)}\n`);
    const done = steps.filter(({ name }) => asked.has(name)).length;
    if (done > 0) progress.update('sections', { at: step.name, done, total: asked.size, unit: 'sections' });
  };
  await inTurn(setup.lake_folder, run_id, async (flow) => {
    const duckdb = await openLocal(setup);
    try {
      const local = localPorts(setup, duckdb, files, onStep, progress.update);
      const ports = { ...local, ...(address_key && { address_key }) };
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
      const outcome = { changed: produced.changed, made: produced.made, delivery, folder, removed };
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
  });
}

/** The edition with the rows that the end of a run shows. */
async function viewedEdition(editions: Store, { record, prefix }: Produced): Promise<Edition> {
  const sections = record.sections.filter(({ id }) => VIEWED_SECTIONS.includes(id));
  return { record, tables: await readTables(editions, prefix, { ...record, sections }) };
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
