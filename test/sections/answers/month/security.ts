import { ALICE, BUILD } from '../../month-rows.ts';
import { type Answers, table } from '../table.ts';

/** Sections of the group Security over the hand-made month of S3 logs. */
export const ANSWERS: Answers = {
  'security-readiness': table`
    safeguard                   | ready | callers | requester | user_agent        | clients | client_ip    | requests | last_seen
    Block anonymous access      | no    |       1 | anonymous | curl/8.7          |       1 | 203.0.113.5  |        1 | 2026-03-03 08:30
    Require HTTPS               | no    |       1 | anonymous | curl/8.7          |       1 | 203.0.113.5  |        1 | 2026-03-03 08:30
    Require TLS 1.2             | no    |       1 | ${BUILD}  | aws-sdk-java/1.11 |       1 | 198.51.100.7 |        1 | 2026-03-04 11:00
    Require Signature Version 4 | no    |       1 | ${BUILD}  | aws-sdk-java/1.11 |       1 | 198.51.100.7 |        1 | 2026-03-04 11:06
    Disable ACLs                | no    |       1 | ${ALICE}  | aws-cli/2.17      |       1 | 192.0.2.10   |        1 | 2026-03-08 15:30`,
};
