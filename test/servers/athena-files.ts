import { createHash } from 'node:crypto';
import type { TableObject } from './athena-tables.ts';
import type { S3Server } from './s3.ts';

/** Where queries find their tables' objects and write their results. URLs are `s3://bucket/key`. */
export interface QueryFiles {
  /** The objects whose URLs begin with a prefix, in the order of their URLs. */
  below(url: string): Promise<(TableObject & { etag: string })[]>;
  put(url: string, body: Buffer): Promise<void>;
}

/** The objects of an S3 stand-in. */
export function serverFiles({ objects }: S3Server): QueryFiles {
  return {
    async below(url) {
      return [...objects]
        .map(([name, { body, etag }]) => ({ url: `s3://${name}`, body, etag }))
        .filter((object) => object.url.startsWith(url))
        .sort((a, b) => (a.url < b.url ? -1 : 1));
    },
    async put(url, body) {
      const etag = `"${createHash('md5').update(body).digest('hex')}"`;
      objects.set(url.slice('s3://'.length), { body, etag, last_modified: new Date() });
    },
  };
}
