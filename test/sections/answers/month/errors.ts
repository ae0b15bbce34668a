import { BOB } from '../../month-rows.ts';
import { type Answers, table } from '../table.ts';

/** Sections of the group Errors over the hand-made month of S3 logs. */
export const ANSWERS: Answers = {
  status: table`
    status | operation                     | error_code   | requests | last_seen
       200 | REST.GET.OBJECT               | null         |        4 | 2026-03-08 15:30
       403 | REST.GET.OBJECT               | AccessDenied |        2 | 2026-03-03 10:05
       200 | REST.COPY.OBJECT              | null         |        1 | 2026-03-09 16:00
       200 | REST.GET.BUCKET               | null         |        1 | 2026-03-04 12:00
       200 | REST.POST.MULTI_OBJECT_DELETE | null         |        1 | 2026-03-06 14:01
       200 | REST.POST.UPLOAD              | null         |        1 | 2026-03-04 11:06
       200 | REST.PUT.OBJECT               | null         |        1 | 2026-03-04 11:00
       200 | REST.PUT.PART                 | null         |        1 | 2026-03-04 11:05
       204 | REST.DELETE.OBJECT            | null         |        1 | 2026-03-06 14:00
       206 | REST.GET.OBJECT               | null         |        1 | 2026-03-02 09:00
       404 | REST.GET.OBJECT               | NoSuchKey    |        1 | 2026-03-05 13:01
       404 | REST.HEAD.OBJECT              | NoSuchKey    |        1 | 2026-03-05 13:00
       503 | REST.GET.OBJECT               | SlowDown     |        1 | 2026-03-08 15:00`,
  denied: table`
    requester | bucket | object           | operation       | error_code   | requests | clients | client_ip   | first_seen       | last_seen
    anonymous | photos | private/plan.pdf | REST.GET.OBJECT | AccessDenied |        2 |       2 | 203.0.113.5 | 2026-03-03 10:00 | 2026-03-03 10:05`,
  'not-found': table`
    bucket | object      | error_code | requests | clients | requesters | referrer                 | last_seen
    photos | missing.jpg | NoSuchKey  |        2 |       1 |          1 | https://www.example.com/ | 2026-03-05 13:01`,
  'server-errors': table`
    time             | status | error_code | bucket | object       | operation       | requester | duration_ms | request_id | host_id
    2026-03-08 15:00 |    503 | SlowDown   | photos | 2026/dog.jpg | REST.GET.OBJECT | ${BOB}    |        3000 | REQUEST18  | HOST18`,
};
