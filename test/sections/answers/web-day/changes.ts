import { type Answers, table } from '../table.ts';

/** Sections of the group Changes over the hand-made day of web logs. */
export const ANSWERS: Answers = {
  'endpoint-changes': table`
    kind | endpoint                  | requests | requests_before | change
    new  | shop.example.com/login    |        5 |               0 |      5
    new  | shop.example.com/api      |        4 |               0 |      4
    new  | shop.example.com/         |        2 |               0 |      2
    new  | shop.example.com/gone.png |        2 |               0 |      2
    new  | shop.example.com/app.js   |        1 |               0 |      1
    gone | shop.example.com/before   |        0 |               1 |     -1`,
};
