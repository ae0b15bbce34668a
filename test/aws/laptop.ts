import { execFile } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { EditionRecord } from '../../lib/model/edition.ts';
import { SAMPLE } from '../lambdas/cloud.ts';
import { CONFIG, SALT } from './config.ts';

const PROGRAM = join(import.meta.dirname, '..', '..', 'bin', 'logtally.ts');

/** The edition that the command line writes from the same logs, for options that name a period: the expected one. */
export async function laptopEdition(report: string, period: readonly string[]): Promise<EditionRecord> {
  const folder = mkdtempSync(join(tmpdir(), 'logtally-laptop-'));
  try {
    const config = join(folder, 'logtally.yaml');
    // A copy, so that its lake is beside it.
    writeFileSync(config, readFileSync(CONFIG, 'utf8').replace('../../samples/s3-access', SAMPLE));
    const out = join(folder, 'out');
    const options = ['--config', config, '--report', report, '--out', out, ...period];
    await promisify(execFile)(process.execPath, [PROGRAM, 'report', ...options], {
      env: { ...process.env, LOGTALLY_SALT: SALT.Value },
    });
    const [edition = ''] = readdirSync(join(out, report));
    return JSON.parse(readFileSync(join(out, report, edition, 'edition.json'), 'utf8'));
  } finally {
    rmSync(folder, { recursive: true });
  }
}
