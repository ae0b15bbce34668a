import { CHROME } from '../../web-day-rows.ts';
import { type Answers, table } from '../table.ts';

/** Sections of the group Security over the hand-made day of web logs. */
export const ANSWERS: Answers = {
  'brute-force': table`
    client_ip   | hour             | refused | most_in_a_minute | endpoints | endpoint               | user_agent | first_seen       | last_seen
    203.0.113.5 | 2026-03-06 10:00 |       5 |                5 |         1 | shop.example.com/login | curl/8.7.1 | 2026-03-06 10:00 | 2026-03-06 10:00`,
  tls: table`
    tls_version | tls_cipher             | requests | clients | user_agent | last_seen
    TLSv1.3     | TLS_AES_128_GCM_SHA256 |       15 |       4 | ${CHROME}  | 2026-03-06 10:00`,
};
