import { type Answers, table } from '../table.ts';

/** Sections of the group Cost over the hand-made month of S3 logs. */
export const ANSWERS: Answers = {
  'request-cost': table`
    tier                                     | operation                     | lines | bytes_sent | bytes_to_internet | bytes_to_other_regions | bytes_to_unknown |          request_usd |      transfer_usd |                             total_usd
    PUT, COPY, POST, LIST                    | REST.COPY.OBJECT              |     1 |        200 |                 0 |                      0 |              200 |              ${5e-6} |                 0 |                               ${5e-6}
    PUT, COPY, POST, LIST                    | REST.GET.BUCKET               |     1 |        800 |                 0 |                      0 |              800 |              ${5e-6} |                 0 |                               ${5e-6}
    PUT, COPY, POST, LIST                    | REST.POST.UPLOAD              |     1 |        300 |                 0 |                      0 |              300 |              ${5e-6} |                 0 |                               ${5e-6}
    PUT, COPY, POST, LIST                    | REST.PUT.OBJECT               |     1 |          0 |                 0 |                      0 |                0 |              ${5e-6} |                 0 |                               ${5e-6}
    PUT, COPY, POST, LIST                    | REST.PUT.PART                 |     1 |          0 |                 0 |                      0 |                0 |              ${5e-6} |                 0 |                               ${5e-6}
    GET and all others                       | REST.GET.OBJECT               |     6 |       8390 |              5000 |                      0 |             2690 | ${5 * 4e-7 + 4.3e-7} | ${transfer(5000)} | ${5 * 4e-7 + 4.3e-7 + transfer(5000)}
    GET and all others                       | REST.HEAD.OBJECT              |     1 |          0 |                 0 |                      0 |                0 |              ${4e-7} |                 0 |                               ${4e-7}
    Errors that are free                     | REST.GET.OBJECT               |     3 |        786 |                 0 |                      0 |                0 |                    0 |                 0 |                                     0
    DELETE, expiry and reads of a COPY, free | BATCH.DELETE.OBJECT           |     2 |          0 |                 0 |                      0 |                0 |                    0 |                 0 |                                     0
    DELETE, expiry and reads of a COPY, free | REST.COPY.OBJECT_GET          |     1 |       null |                 0 |                      0 |                0 |                    0 |                 0 |                                     0
    DELETE, expiry and reads of a COPY, free | REST.DELETE.OBJECT            |     1 |          0 |                 0 |                      0 |                0 |                    0 |                 0 |                                     0
    DELETE, expiry and reads of a COPY, free | REST.POST.MULTI_OBJECT_DELETE |     1 |        500 |                 0 |                      0 |              500 |                    0 |                 0 |                                     0
    DELETE, expiry and reads of a COPY, free | S3.EXPIRE.OBJECT              |     1 |       null |                 0 |                      0 |                0 |                    0 |                 0 |                                     0`,
};

/** The transfer of bytes at 0.09 USD for each 2^30. */
function transfer(bytes: number): number {
  return (bytes / 2 ** 30) * 0.09;
}
