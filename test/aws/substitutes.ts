import { VERSION } from './ministack.ts';

/** What replaces parts that the emulator lacks or that differ from AWS; printed after a test run. */
const SUBSTITUTES = `
ministack ${VERSION} creates every resource of the template by itself. What does not come from it, or differs from AWS:
- Athena: ${process.env.ATHENA_ENGINE === 'trino' ? 'Trino' : 'DuckDB'} runs the queries, over the deployed Glue tables and the emulator's objects.
- Durable executions: the local service of AWS's SDK keeps the steps; the functions run in processes of their own, from
  the deployed assets, and are killed and started again by the tests. The tests report to CloudWatch how executions end.
- The schedule: the emulator fires it, and the tests fill in <aws.scheduler.scheduled-time>, which it does not replace.
- Permissions: the emulator enforces those of S3, KMS and SSM. Those of Athena, Glue, SES and durable executions are
  checked against the deployed policies by the tests' gateway, which forwards mails as the account's owner.
`;

export default function print(): void {
  process.stdout.write(SUBSTITUTES);
}
