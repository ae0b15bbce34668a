import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

/** Files, all PEM. */
export interface Certificates {
  authority: string;
  certificate: string;
  key: string;
}

/**
 * A certificate for 127.0.0.1 and the authority that signed it, for two days. The stack's buckets refuse requests without
 * TLS, on the emulator too.
 */
export function makeCertificates(folder: string): Certificates {
  const [authority, authorityKey, certificate, key] = ['ca.pem', 'ca.key', 'server.pem', 'server.key'].map((name) =>
    join(folder, name),
  ) as [string, string, string, string];
  const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];
  openssl(['-subj', '/CN=Logtally tests', ...curve, '-keyout', authorityKey, '-out', authority]);
  openssl([
    ...['-CA', authority, '-CAkey', authorityKey, '-subj', '/CN=127.0.0.1', ...curve, '-keyout', key],
    ...['-addext', 'subjectAltName=IP:127.0.0.1', '-addext', 'basicConstraints=critical,CA:FALSE', '-out', certificate],
  ]);
  return { authority, certificate, key };
}

function openssl(args: readonly string[]): void {
  const { status, stderr, error } = spawnSync('openssl', ['req', '-x509', ...args], { encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`openssl failed to make a certificate (version 3 is needed): ${error?.message ?? stderr}`);
}
