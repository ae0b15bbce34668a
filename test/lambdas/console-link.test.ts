import { expect, test } from '@jest/globals';
import { consoleLink } from '../../lambdas/console-link.ts';

test.each([
  ['eu-central-1', 'console.aws.amazon.com'],
  ['cn-north-1', 'console.amazonaws.cn'],
  ['us-gov-west-1', 'console.amazonaws-us-gov.com'],
])('an object in %s is shown by %s', (region, host) => {
  expect(consoleLink(region, 'example-results', 'editions/web/2026-10-01_2026-10-31/report.html')).toBe(
    `https://${host}/s3/object/example-results?region=${region}&prefix=editions%2Fweb%2F2026-10-01_2026-10-31%2Freport.html`,
  );
});
