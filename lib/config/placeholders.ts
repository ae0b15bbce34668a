import type { Config } from './types.ts';

/** A placeholder in a config, and the text for it that only the deployment knows, such as a bucket's generated name. */
export type PlaceholderValues = Readonly<Record<string, string>>;

/** The config with the text in place of its placeholders. One is a whole value, or the bucket of an `s3://` location. */
export function fillPlaceholders(config: Config, values: PlaceholderValues): Config {
  const fill = (text: string) => {
    const [, bucket, rest] = text.match(/^s3:\/\/([^/]+)(\/.*)$/) ?? [];
    return bucket === undefined ? textFor(text) : `s3://${textFor(bucket)}${rest}`;
  };
  const textFor = (text: string) => (Object.hasOwn(values, text) ? (values[text] ?? text) : text);
  return JSON.parse(JSON.stringify(config), (_, value) => (typeof value === 'string' ? fill(value) : value));
}
