import { SAMPLE } from '../lambdas/cloud.ts';

/** What is deployed: a report of everything, one that is quick to make, and one that needs a secret. */
export const CONFIG = `
time_zone: Europe/Berlin
sources:
  website:
    location: s3://example-logs/s3-access/
    accounts: ["111122223333"]
    regions: [eu-central-1]
    buckets: [example-website, example-downloads]
    since: 2026-01-01
    folder: ${SAMPLE}
    remove_original_logs: true
reports:
  website: { title: Website }
  brief: { schedule: off, sections: [overview, by-day, top-objects-by-bytes] }
  partners: { schedule: off, sections: [top-clients], privacy: { client_ip: hash, salt_parameter: /logtally/salt } }
mail: { from: reports@example.com, recipients: [team@example.com] }
stack: { alarm_email: ops@example.com }
`;

export const SALT = { Name: '/logtally/salt', Value: 'what nobody outside knows', Type: 'SecureString' };
