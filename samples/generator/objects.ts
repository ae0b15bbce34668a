import type { Random } from './random.ts';

export const WEBSITE = 'example-website';
export const DOWNLOADS = 'example-downloads';

export interface StoredObject {
  bucket: string;
  key: string;
  size_bytes: number;
  /** How much longer than usual S3 takes to find it. */
  slowness: number;
}

const encode = (text: string) => encodeURIComponent(text).replaceAll('%2F', '/');
const cache = new Map<string, { once: string; twice: string }>();

/** A key as log lines hold it: URL-encoded once (request URI, lifecycle, batch deletes) and twice (everything else). */
export function encodedKey(key: string): { once: string; twice: string } {
  let encoded = cache.get(key);
  if (!encoded) {
    encoded = { once: encode(key), twice: encode(encode(key)) };
    cache.set(key, encoded);
  }
  return encoded;
}

const KiB = 1024;
const MiB = 1024 * KiB;

/** What becomes popular in October. */
export const POPULAR_IMAGE: StoredObject = {
  bucket: DOWNLOADS,
  key: 'releases/2026.10/example-studio-2026.10-amd64.iso',
  size_bytes: 734_003_200,
  slowness: 1,
};

const PAGES = [
  'index.html',
  'about/index.html',
  'pricing/index.html',
  'blog/index.html',
  'docs/index.html',
  '404.html',
];
const ASSETS = ['assets/site.css', 'assets/app.js', 'assets/logo.svg', 'assets/fonts/inter.woff2', 'favicon.ico'];
const CRAWLED = ['robots.txt', 'sitemap.xml', 'feed.xml'];
const UNUSUAL_PAGES = [
  'blog/größer & schneller.html',
  'images/team photo (summer).jpg',
  'images/launch 🚀.png',
  'docs/c++.html',
];
const UNUSUAL_FILES = [
  'reports/Übersicht Q3 2026.pdf',
  'reports/profit & loss 100%.xlsx',
  'shared/naïve café menu.pdf',
  'shared/photo 😀+1.jpg',
  'shared/日本語マニュアル.pdf',
];

/** Everything the website serves, most popular first. */
export function websiteObjects(random: Random): StoredObject[] {
  const blog = Array.from({ length: 40 }, (_, post) => `blog/2026/post-${String(post + 1).padStart(2, '0')}.html`);
  const images = Array.from({ length: 60 }, (_, image) => `images/screenshot-${image + 1}.webp`);
  const keys = [...PAGES.slice(0, 1), ...ASSETS, ...PAGES.slice(1), ...UNUSUAL_PAGES, ...CRAWLED, ...blog, ...images];
  return keys.map((key) => ({ bucket: WEBSITE, key, size_bytes: random.integer(2 * KiB, 300 * KiB), slowness: 1 }));
}

/** Files people download, most popular first. */
export function releaseObjects(random: Random): StoredObject[] {
  const versions = ['2026.9', '2026.8', '2026.6', '2026.3', '2025.12'];
  const keys = versions.flatMap((version) =>
    ['linux-amd64.tar.gz', 'windows-amd64.msi', 'macos-arm64.dmg', 'SHA256SUMS'].map(
      (file) => `releases/${version}/example-studio-${version}-${file}`,
    ),
  );
  const releases = [...keys.slice(0, 4), ...UNUSUAL_FILES, ...keys.slice(4)].map((key) => ({
    bucket: DOWNLOADS,
    key,
    size_bytes: key.endsWith('SUMS') ? 512 : random.integer(3 * MiB, 180 * MiB),
    slowness: 1,
  }));
  const archive = Array.from({ length: 12 }, (_, year) => ({
    bucket: DOWNLOADS,
    key: `archive/${2014 + year}/complete.tar`,
    size_bytes: random.integer(40 * MiB, 400 * MiB),
    slowness: 25,
  }));
  return [...releases, ...archive];
}

/** Parquet files that jobs read. */
export function datasetObjects(random: Random): StoredObject[] {
  const tables = ['events', 'orders', 'sessions', 'customers'];
  return tables.flatMap((table) =>
    Array.from({ length: 24 }, (_, part) => ({
      bucket: DOWNLOADS,
      key: `datasets/${table}/part-${String(part).padStart(5, '0')}.parquet`,
      size_bytes: random.integer(8 * MiB, 256 * MiB),
      slowness: 1,
    })),
  );
}

/** An object that a job writes or removes: not part of any pool, and not asked for again. */
export function passingObject(random: Random, bucket: string, folder: string, extension: string): StoredObject {
  return {
    bucket,
    key: `${folder}/${random.integer(1000, 9999)}.${extension}`,
    size_bytes: random.integer(KiB, 4 * MiB),
    slowness: 1,
  };
}
