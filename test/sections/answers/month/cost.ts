import { type Answers, table } from '../table.ts';

/** Sections of the group Cost over the hand-made month of S3 logs. */
export const ANSWERS: Answers = {
  'request-cost': table`
    tier                                     | operation                     | requests | bytes_sent | bytes_to_internet | request_usd |      transfer_usd |                    total_usd
    PUT, COPY, POST, LIST                    | REST.GET.BUCKET               |        1 |        800 |               800 |     ${5e-6} |  ${transfer(800)} |      ${5e-6 + transfer(800)}
    PUT, COPY, POST, LIST                    | REST.POST.UPLOAD              |        1 |        300 |               300 |     ${5e-6} |  ${transfer(300)} |      ${5e-6 + transfer(300)}
    PUT, COPY, POST, LIST                    | REST.COPY.OBJECT              |        1 |        200 |               200 |     ${5e-6} |  ${transfer(200)} |      ${5e-6 + transfer(200)}
    PUT, COPY, POST, LIST                    | REST.PUT.OBJECT               |        1 |          0 |                 0 |     ${5e-6} |                 0 |                      ${5e-6}
    PUT, COPY, POST, LIST                    | REST.PUT.PART                 |        1 |          0 |                 0 |     ${5e-6} |                 0 |                      ${5e-6}
    GET and all others                       | REST.GET.OBJECT               |        8 |       8876 |              8176 | ${8 * 4e-7} | ${transfer(8176)} | ${8 * 4e-7 + transfer(8176)}
    GET and all others                       | REST.HEAD.OBJECT              |        1 |          0 |                 0 |     ${4e-7} |                 0 |                      ${4e-7}
    DELETE, expiry and reads of a COPY, free | REST.POST.MULTI_OBJECT_DELETE |        1 |        500 |               500 |           0 |  ${transfer(500)} |             ${transfer(500)}
    Server errors, free                      | REST.GET.OBJECT               |        1 |        300 |               300 |           0 |  ${transfer(300)} |             ${transfer(300)}
    DELETE, expiry and reads of a COPY, free | BATCH.DELETE.OBJECT           |        2 |          0 |                 0 |           0 |                 0 |                            0
    DELETE, expiry and reads of a COPY, free | REST.COPY.OBJECT_GET          |        1 |          0 |                 0 |           0 |                 0 |                            0
    DELETE, expiry and reads of a COPY, free | REST.DELETE.OBJECT            |        1 |          0 |                 0 |           0 |                 0 |                            0
    DELETE, expiry and reads of a COPY, free | S3.EXPIRE.OBJECT              |        1 |          0 |                 0 |           0 |                 0 |                            0`,
};

/** The transfer of bytes at 0.09 USD for each 2^30. */
function transfer(bytes: number): number {
  return (bytes / 2 ** 30) * 0.09;
}
