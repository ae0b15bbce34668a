#!/usr/bin/env node
import { globSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSync } from 'esbuild';
import manifest from '../package.json' with { type: 'json' };

/**
 * Writes NOTICE, or the file that is named: every package whose code, data or files are part of the repository, of the
 * page, of the functions that `cdk deploy` uploads, or of the npm package, with version, licence and the text of the licence.
 */
interface Package {
  /** Folder of the package, relative to the repository. */
  folder: string;
  /** Name and version. */
  label: string;
  license: string;
}

const ROOT = join(import.meta.dirname, '..');
/** ECharts arrives as one file, into which it has bundled these. */
const ECHARTS = ['node_modules/echarts', 'node_modules/zrender', 'node_modules/echarts/node_modules/tslib'];

const PARTS = [
  {
    title: 'Derived',
    about: 'sql/user-agents.sql holds the rules of bowser and the patterns of isbot, translated into SQL.',
    packages: packagesIn(['node_modules/bowser', 'node_modules/isbot']),
  },
  {
    title: 'In the page of each report',
    about: 'The script of the page contains the parts of ECharts that draw its charts.',
    packages: packagesIn([...ECHARTS, ...bundledFolders(['lib/views/page/script/main.ts'])]),
  },
  {
    title: 'Beside the report function and the command line',
    about:
      'Pictures in mails are drawn with this font and this program; its source: https://github.com/yisibl/resvg-js.',
    packages: packagesIn(['node_modules/@expo-google-fonts/inter', 'node_modules/@resvg/resvg-wasm']),
  },
  {
    title: 'In the code of the functions',
    about: 'The bundles that are deployed to AWS Lambda contain code of these packages.',
    packages: packagesIn([...ECHARTS, ...bundledFolders(handlers())]),
  },
  {
    title: 'In the npm package',
    about: 'The command line and logtally/cdk are bundles that contain code of these packages.',
    packages: packagesIn([...ECHARTS, ...bundledFolders(['bin/logtally.ts', 'lib/infra/index.ts'])]),
  },
];

const lists = PARTS.map(
  ({ title, about, packages }) =>
    `${title}\n${'-'.repeat(title.length)}\n${about}\n\n${packages.map((one) => `  ${one.label}: ${one.license}`).join('\n')}\n`,
);
const notice = `Logtally
Copyright (c) 2026 The Logtally authors
Licensed under the MIT License; see LICENSE.

Logtally contains the works of others that are listed here, each under its own licence. The texts of the licences follow
the lists. Written by \`npm run notice\`; not to be edited.

${lists.join('\n')}
${licenceTexts(packagesIn(PARTS.flatMap(({ packages }) => packages.map(({ folder }) => folder))))}`;
writeFileSync(process.argv[2] ?? join(ROOT, 'NOTICE'), notice);

/** The files that are bundled to a function each. */
function handlers(): string[] {
  return globSync('lambdas/*.ts', { cwd: ROOT }).filter((file) =>
    /^export const handler\b/m.test(readFileSync(join(ROOT, file), 'utf8')),
  );
}

/** Folders of the packages that esbuild puts into a bundle of these files. */
function bundledFolders(entryPoints: string[]): string[] {
  const { metafile } = buildSync({
    entryPoints,
    absWorkingDir: ROOT,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    // npm installs these beside the package.
    external: Object.keys({ ...manifest.dependencies, ...manifest.peerDependencies }),
    outdir: 'unused',
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  const files = Object.values(metafile.outputs).flatMap(({ inputs }) =>
    Object.entries(inputs).flatMap(([file, { bytesInOutput }]) => (bytesInOutput > 0 ? [file] : [])),
  );
  return files.flatMap((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0] ?? []);
}

/** Each package once, by name and version. */
function packagesIn(folders: readonly string[]): Package[] {
  const packages = new Map<string, Package>();
  for (const folder of folders) {
    const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
    if (typeof license !== 'string') throw new Error(`${folder}/package.json names no licence`);
    packages.set(`${name} ${version}`, { folder, label: `${name} ${version}`, license });
  }
  return [...packages.values()].sort((a, b) => (a.label < b.label ? -1 : 1));
}

/** What the packages say of themselves in LICENSE, NOTICE and similar files; a text that several share is written once. */
function licenceTexts(packages: readonly Package[]): string {
  const shared = new Map<string, { text: string; labels: Set<string> }>();
  for (const { folder, label, license } of packages) {
    const texts = textsOf(folder);
    if (texts.length === 0)
      texts.push(`The package has no file with the text: https://spdx.org/licenses/${license}.html`);
    for (const text of texts) {
      const words = text.replaceAll(/\s+/g, ' ');
      const entry = shared.get(words) ?? { text, labels: new Set() };
      shared.set(words, { text: entry.text, labels: entry.labels.add(label) });
    }
  }
  const line = '='.repeat(78);
  return [...shared.values()]
    .map(({ text, labels }) => `${line}\n${[...labels].join('\n')}\n${line}\n${text}\n`)
    .join('\n');
}

/** The Apache License has an appendix with the names of its holders; its terms are the same for all. */
function textsOf(folder: string): string[] {
  return globSync('{,licenses/}*', { cwd: join(ROOT, folder) })
    .filter((file) => /(^|\/)(licen[cs]e|notice|copyright|unlicense|copying)[^/]*$/i.test(file))
    .filter((file) => statSync(join(ROOT, folder, file)).isFile())
    .sort()
    .flatMap((file) =>
      readFileSync(join(ROOT, folder, file), 'utf8')
        .replaceAll('\r\n', '\n')
        .split(/(?<=END OF TERMS AND CONDITIONS)/),
    )
    .map((text) =>
      text
        .replace(/^\n+/, '')
        .trimEnd()
        .replaceAll(/[ \t]+$/gm, ''),
    );
}
