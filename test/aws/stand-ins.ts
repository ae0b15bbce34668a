import { VERSION } from './ministack.ts';

/** What is not the emulator's, or not as AWS has it, in words that a test run prints. */
const STAND_INS = `
ministack ${VERSION} creates every resource of the template by itself. What is not its own, or not as it is in AWS:
- Athena: ${process.env.ATHENA_ENGINE === 'trino' ? 'Trino' : 'DuckDB'} runs the queries, over the deployed Glue tables and the emulator's objects.
- Durable executions: the local service of AWS's SDK keeps the steps; the functions run in processes of their own, from
  the deployed assets, and are killed and started again by the tests. CloudWatch is told how executions end.
- The schedule: the emulator fires it, and the tests fill in <aws.scheduler.scheduled-time>, which it leaves as it is.
- Permissions: the emulator enforces those of S3, KMS and SSM. Those of Athena, Glue, SES and durable executions are held
  against the deployed policies by the tests' gateway, which forwards mails as the account's owner.
`;

export default function tell(): void {
  process.stdout.write(STAND_INS);
}
