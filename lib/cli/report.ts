import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config, Report } from '../config/config.ts';
import { type SmtpSettings, smtpMailer, smtpSettings } from '../delivery/smtp.ts';
import { removableOriginals } from '../lake/remove-originals.ts';
import type { Edition } from '../model/edition.ts';
import { askedSections } from '../report/answer-section.ts';
import { type Addresses, deliverEdition } from '../report/deliver-edition.ts';
import { readTables } from '../report/edition-store.ts';
import type { Produced } from '../report/ports.ts';
import { produceEdition } from '../report/produce-edition.ts';
import type { RawFile } from '../sources/raw-files.ts';
import type { Store } from '../store/store.ts';
import { terminalOf } from '../views/terminal/terminal.ts';
import { isUnread, localRun } from './local-run.ts';
import { openPage } from './open-page.ts';
import type { ReportOptions, ReportSetup } from './report-setup.ts';
import { reportSummary, summaryJson } from './summary.ts';
import { UsageError } from './usage-error.ts';

/** `logtally report`: an edition of a report from logs on this machine, written below the output folder. */
export async function report(options: ReportOptions): Promise<void> {
  const smtp = options.email ? mailSettings() : undefined;
  const asked = ({ config, report }: ReportSetup) => askedSections(config, report).map(({ id }) => id);
  await localRun(options, asked, async ({ setup, files, started, run_id, flow, ports, progress, steps }) => {
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
    if (isUnread(produced.record.sources)) process.exitCode = 1;
  });
}

/** The edition with the rows that the end of a run shows. */
async function viewedEdition(editions: Store, { record, prefix }: Produced): Promise<Edition> {
  const sections = record.sections.filter(({ terminal }) => terminal);
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
