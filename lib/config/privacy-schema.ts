import * as z from 'zod';
import { text } from './values.ts';

export const privacySchema = z
  .strictObject({
    client_ip: z
      .enum(['keep', 'truncate', 'hash'])
      .default('keep')
      .describe(
        'Addresses of clients: keep (default), truncate to their network (/24, /48 for IPv6), or hash with a secret.',
      ),
    query: z
      .enum(['keep', 'scrub'])
      .default('keep')
      .describe('Query strings and request signatures: keep (default) or scrub.'),
    salt_env: text(/^[A-Z_][A-Z0-9_]*$/, 'the name of an environment variable; write it in capitals')
      .default('LOGTALLY_SALT')
      .describe('With hash: environment variable that holds the secret on this machine. Default LOGTALLY_SALT.'),
    salt_parameter: text(/^\/[\w.-]+(\/[\w.-]+)*$/, 'the name of an SSM parameter; write it like /logtally/salt')
      .optional()
      .describe('With hash: SSM parameter (SecureString) that holds the secret in AWS. Needed there.'),
  })
  .prefault({})
  .describe('What the report shows of the people behind requests: page, mail, CSV and Parquet alike.');
