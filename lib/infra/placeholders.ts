import { Token } from 'aws-cdk-lib';
import type { ConfigInput } from '../config/config.ts';
import type { PlaceholderValues } from '../config/placeholders.ts';

type SourceInput = ConfigInput['sources'][string];

/** Placeholders in the form of the value that they replace. No account, Region or bucket has such a name. */
const FORMS = {
  account: (number: number) => String(number).padStart(12, '0'),
  region: (number: number) => `zz-${'x'.repeat(number)}-1`,
  bucket: (number: number) => `unresolved-bucket-${number}`,
};

/** Environment variables of a function hold 4 kB, and the values of placeholders go there. */
const MOST_PLACEHOLDERS = 30;

/**
 * Sources in which a placeholder replaces each account, Region and bucket that only the deployment knows, so that they
 * can be checked now; and the CDK's tokens for them.
 */
export function withPlaceholders(sources: Readonly<Record<string, SourceInput>>): {
  sources: Record<string, SourceInput>;
  tokens: PlaceholderValues;
} {
  const placeholders = new Map<string, string>();
  const placeholderOf = (form: keyof typeof FORMS) => (text: string) => {
    if (!Token.isUnresolved(text)) return text;
    const placeholder = placeholders.get(text) ?? FORMS[form](placeholders.size + 1);
    placeholders.set(text, placeholder);
    return placeholder;
  };
  const replaced = Object.entries(sources).map(([name, source]) => {
    const [, bucket = '', rest = ''] = source.location?.match(/^s3:\/\/([^/]+)(\/.*)$/s) ?? [];
    return [
      name,
      {
        ...source,
        location: `s3://${placeholderOf('bucket')(bucket)}${rest}`,
        ...(source.accounts && { accounts: source.accounts.map(placeholderOf('account')) }),
        ...(source.regions && { regions: source.regions.map(placeholderOf('region')) }),
        ...(source.buckets && { buckets: source.buckets.map(placeholderOf('bucket')) }),
      },
    ] as const;
  });
  if (placeholders.size > MOST_PLACEHOLDERS) {
    throw new Error(
      `the sources have ${placeholders.size} accounts, Regions and buckets that only the deployment knows, and at most ` +
        `${MOST_PLACEHOLDERS} fit; give the stack an env, or the buckets names`,
    );
  }
  const tokens = Object.fromEntries([...placeholders].map(([token, placeholder]) => [placeholder, token]));
  return { sources: Object.fromEntries(replaced), tokens };
}
