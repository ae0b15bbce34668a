#!/usr/bin/env node
import module from 'node:module';
import { Command, CommanderError, type CommandOptions } from 'commander';
import { checkOptions, withPaths } from '../lib/cli/report-options.ts';
import { UsageError } from '../lib/cli/usage-error.ts';
import { ConfigError } from '../lib/config/error.ts';
import manifest from '../package.json' with { type: 'json' };

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
if (major < 22 || (major === 22 && minor < 17)) {
  process.stderr.write(`logtally: needs Node.js 22.17 or newer; this is ${process.versions.node}\n`);
  process.exit(1);
}

// What a command needs is read when it runs, and compiled once for all runs.
module.enableCompileCache();

const program = new Command('logtally')
  .description('Reports what happens in your storage, CDN and web servers, from their access logs.')
  .version(manifest.version)
  .exitOverride()
  .showHelpAfterError('(logtally --help lists the commands, logtally COMMAND --help its options)')
  .addHelpText(
    'after',
    examples('logtally report access.log --open', 'logtally analyze access.log --where "status >= 500"'),
  );

program
  .command('report')
  .description('write a report of a period: a page, a mail, and each section as Parquet and CSV')
  .argument('[path...]', 'logs to read: files, folders of any depth, .gz and .zst too, globs, or - for standard input')
  .option('--config <file>', 'configuration (default: logtally.yaml, or none with paths)')
  .option('--input <path...>', 'the same as paths without an option')
  .option(
    '--format <format>',
    "log format; auto detects it from each file's first lines (default: the source's, auto with paths)",
  )
  .option('--source <name>', 'only this source of the configuration')
  .option('--report <name>', 'which report of the configuration (default: the only one)')
  .option('--frequency <kind>', "weekly, monthly or quarterly: the last complete one (default: the report's)")
  .option(
    '--date-range <days...>',
    'first and last day, YYYY-MM-DD YYYY-MM-DD, both included (default with paths: the days of the logs)',
  )
  .option('--today <day>', 'count periods back from this day, YYYY-MM-DD, instead of today')
  .option('--out <folder>', 'folder for reports (default: logtally-out)')
  .option('--select-all', 'also write every request of the period')
  .option(
    '--email',
    'send the mail by SMTP (SMTP_HOST, SMTP_USERNAME, SMTP_PASSWORD, FROM_EMAIL, REPLY_TO_EMAIL, TARGET_EMAIL_ADDRESS)',
  )
  .option('--remove-meta', "delete the query engine's own result files after publishing")
  .option(
    '--remove-original-logs',
    'delete the raw logs of the period after publishing, if the configuration allows it',
  )
  .option('--dry-run', 'with --remove-original-logs: list them and delete nothing')
  .option('--verbose', 'show each step, its rows and its time')
  .option('--output <kind>', 'text, a summary for people (the default), or json, one object for machines')
  .option('--json', 'the same as --output json')
  .option('--quiet', 'no progress and no notes, only what went wrong')
  .option('--open', 'open the page in the browser')
  .addHelpText(
    'after',
    examples(
      'logtally report access.log --open',
      "logtally report logs 'archive/*.gz' --date-range 2026-10-01 2026-10-31",
    ),
  )
  .action(async (paths, options) => {
    checkOptions(withPaths(paths, options));
    await (await import('../lib/cli/report.ts')).report(paths, options);
  });

program
  .command('analyze')
  .description('answer the sections of a report on the terminal, for all requests or some')
  .argument('[path...]', 'files, folders, globs or - (default: the folders of the configuration)')
  .option('--config <file>', 'configuration (default: logtally.yaml, or none with paths)')
  .option('--report <name>', 'which report of the configuration (default: the only one)')
  .option('--source <name>', 'only this source of the configuration')
  .option(
    '--format <format>',
    "log format, the server's own format string, or auto to detect it (default with paths and no configuration)",
  )
  .option('--frequency <kind>', 'weekly, monthly or quarterly: the last complete one')
  .option(
    '--date-range <days...>',
    'first and last day, YYYY-MM-DD YYYY-MM-DD, both included (default with paths: the days of the logs)',
  )
  .option('--today <day>', 'count periods back from this day, YYYY-MM-DD, instead of today')
  .option('--section <id...>', 'only these sections')
  .option('--group <name>', 'only the sections of this group: Traffic, Errors, Latency, Cache …')
  .option('--where <filter>', 'only these requests, such as "status >= 500 and path like \'/api/%\'"')
  .option('--endpoint <path>', 'only requests for this endpoint or path, and the sections about it')
  .option('--group-by <columns>', 'one more section by columns or parameters: "param(org), status"')
  .option('--limit <rows>', 'rows to show per section (default: 10, in JSON all)')
  .option('--out <folder>', 'folder for the parsed requests of paths (default: logtally-out)')
  .option('--output <kind>', 'text (the default) or json, one object for machines')
  .option('--json', 'the same as --output json')
  .option('--quiet', 'no progress and no notes, only what went wrong')
  .option('--verbose', 'show each step, its rows and its time')
  .addHelpText(
    'after',
    examples(
      'logtally analyze access.log --group Errors --limit 20',
      'logtally analyze logs --where "status >= 500 and path like \'/api/%\'" --json',
    ),
  )
  .action(async (paths, options) => {
    checkOptions(withPaths(paths, options));
    await (await import('../lib/cli/analyze.ts')).analyze(paths, options);
  });

program
  .command('parse')
  .description('print each line of logs as a record')
  .argument('<path...>', 'files, folders, globs, or - for standard input')
  .option(
    '--format <format>',
    "log format, or the server's own format string; auto detects it from each file's first lines",
    'auto',
  )
  .option('--config <file>', 'configuration with your own formats (default: logtally.yaml, if there is one)')
  .option('--output <kind>', 'json or csv', 'json')
  .option('-o, --out-file <file>', 'write to a file instead of standard output')
  .option('--quiet', 'no progress, notes and counts, only what went wrong')
  .option('--verbose', "show rejected lines and each file's format")
  .addHelpText(
    'after',
    examples('logtally parse logs --output csv -o requests.csv', 'logtally parse access.log --verbose > requests.json'),
  )
  .action(async (paths, options) => (await import('../lib/cli/parse.ts')).parse(paths, options));

program
  .command('sync')
  .description("download a source's logs of some days from S3 to a folder, where report reads them")
  .option('--config <file>', 'configuration (default: logtally.yaml)')
  .option('--source <name...>', 'only these sources of the configuration (default: all that have a location)')
  .option('--date <day>', 'first day, YYYY-MM-DD; the last one is today')
  .option('--date-range <days...>', 'first and last day, YYYY-MM-DD YYYY-MM-DD, both included')
  .option('--out <folder>', "where the logs go; with several sources, a folder for each (default: the source's folder)")
  .option('--json', 'one object for machines instead of the summary')
  .option('--quiet', 'no progress')
  .addHelpText(
    'after',
    examples(
      'logtally sync --date 2026-10-01',
      'logtally sync --source website --date-range 2026-10-01 2026-10-31 --out logs',
    ),
  )
  .action(async (options) => (await import('../lib/cli/sync.ts')).sync(options));

program
  .command('forget')
  .description('find an address in the lake, and with --yes remove it from every request and rejected line')
  .argument('<address>', 'IPv4 or IPv6 address, however it is spelt')
  .option('--config <file>', 'configuration (default: logtally.yaml, if there is one)')
  .option('--out <folder>', 'folder for reports (default: that of the configuration, else logtally-out)')
  .option('--bucket <name>', 'the results bucket of the stack in AWS, instead of folders on this machine')
  .option('--date-range <days...>', 'only these days of the lake, first and last, YYYY-MM-DD YYYY-MM-DD')
  .option('--yes', 'remove the address; without this, nothing is changed')
  .option('--json', 'one object for machines instead of the summary')
  .option('--quiet', 'no progress')
  .addHelpText(
    'after',
    `
Rows stay and are counted; the address in them becomes [address]. Raw logs and reports are only named.

Examples:
  logtally forget 192.0.2.7
  logtally forget 2001:db8::7 --yes
  logtally forget 192.0.2.7 --bucket logtally-results --date-range 2026-10-01 2026-10-31 --yes`,
  )
  .action(async (address, options) => (await import('../lib/cli/forget.ts')).forget(address, options));

partitionCommand('partition').action(async (options) => (await import('../lib/cli/partition.ts')).partition(options));

partitionCommand('file-logs', { hidden: true }).action(async (options) => {
  process.stderr.write(
    'logtally file-logs is now called logtally partition (since 0.2.0); the old name will stop working\n',
  );
  await (await import('../lib/cli/partition.ts')).partition(options);
});

function partitionCommand(name: string, options: CommandOptions = {}): Command {
  return program
    .command(name, options)
    .description('copy flat logs that are in S3 already to folders by day, as the stack does with new ones')
    .option('--config <file>', 'configuration (default: logtally.yaml)')
    .option('--source <name...>', 'only these sources of the layout flat (default: all that have a location)')
    .option('--date-range <days...>', 'only logs of these days, first and last, YYYY-MM-DD YYYY-MM-DD')
    .option('--dry-run', 'list what would be copied, and copy nothing')
    .option('--quiet', 'no progress')
    .addHelpText(
      'after',
      examples('logtally partition --dry-run', 'logtally partition --source cdn --date-range 2026-10-01 2026-10-31'),
    );
}

/** The end of a help text. */
function examples(first: string, second: string): string {
  return `\nExamples:\n  ${first}\n  ${second}`;
}

/** 2 for wrong usage, 1 for a command that failed. */
function exitCode(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  return error instanceof UsageError || error instanceof ConfigError || error instanceof RangeError ? 2 : 1;
}

process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  // The reader of the pipe, such as head, has stopped reading.
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

try {
  await program.parseAsync();
} catch (error) {
  if (!(error instanceof CommanderError)) process.stderr.write(`logtally: ${(error as Error).message}\n`);
  process.exitCode = exitCode(error);
}
