import { existsSync } from 'node:fs';

const PATHS = [
  process.env.CHROMIUM_PATH ?? '',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of an installed Chromium, if any; `CHROMIUM_PATH` names one elsewhere. */
export const chromiumPath = PATHS.find((path) => path !== '' && existsSync(path));
