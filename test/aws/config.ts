import { join } from 'node:path';

/** What is deployed. */
export const CONFIG = join(import.meta.dirname, 'logtally.yaml');

/** The parameter that it names, as SSM takes it. */
export const SALT = { Name: '/logtally/salt', Value: 'what nobody outside knows', Type: 'SecureString' };
