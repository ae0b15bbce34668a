import { parse } from 'yaml';
import * as z from 'zod';
import { readSql } from '../sql/sql-files.ts';
import { doubleLiteral } from './settings.ts';

const FILE = 'prices/s3.yaml';

const rates = {
  put_per_1000: z.number(),
  get_per_1000: z.number(),
  internet_per_gb: z.number(),
  other_region_per_gb: z.number(),
};

const priceListSchema = z.strictObject({
  as_of: z.iso.date(),
  regions: z.record(z.string().regex(/^[a-z]{2}(-[a-z]+)+-\d+$/), z.strictObject(rates)),
});

/** Prices in USD for requests to S3 and for the bytes it sends. A GB has 2^30 bytes. */
export type S3Rates = z.infer<z.ZodObject<typeof rates>>;

/** The prices of the configuration. */
export interface S3Prices {
  /** Region of the buckets whose log does not contain it. */
  region: string;
  /** Prices for all Regions, instead of the list prices. */
  own: { readonly [Rate in keyof S3Rates]?: S3Rates[Rate] | undefined };
}

/** The price list of a Region and its date, YYYY-MM-DD. */
export interface S3PriceList {
  as_of: string;
  regions: Readonly<Record<string, S3Rates>>;
}

let loaded: S3PriceList | undefined;

/** S3's list prices by Region, from sql/prices/s3.yaml; read once. Throws if the file is malformed. */
export function loadS3Prices(): S3PriceList {
  loaded ??= priceListSchema.parse(parse(readSql(FILE)));
  return loaded;
}

/**
 * A SELECT of the prices of each Region: region, put_per_1000, get_per_1000, internet_per_gb and other_region_per_gb, in
 * USD. The row `unknown` is for buckets whose Region is not in the log. The row `other` is for Regions without a row; its
 * prices are NULL unless they are configured.
 */
export function s3PricesSql({ region, own }: S3Prices): string {
  const { regions } = loadS3Prices();
  const row = (name: string, listed: Partial<S3Rates> | undefined) => {
    const values = Object.keys(rates).map((rate) => {
      const value = own[rate as keyof S3Rates] ?? listed?.[rate as keyof S3Rates];
      return value === undefined ? 'CAST(NULL AS double)' : doubleLiteral(rate, value);
    });
    return `(${[name, ...values].join(', ')})`;
  };
  const rows = [
    ...Object.entries(regions).map(([name, listed]) => row(`'${name}'`, listed)),
    row("'unknown'", regions[region]),
    row("'other'", undefined),
  ];
  return `SELECT * FROM (VALUES\n${rows.join(',\n')}\n) AS prices (region, ${Object.keys(rates).join(', ')})`;
}
