import { type Answers, table } from '../table.ts';

/** Sections of the group Queries over the hand-made day of web logs. */
export const ANSWERS: Answers = {
  parameters: table`
    parameter | requests | endpoints | value_count | requests_without_value
    org       |        4 |         1 |           2 |                      0
    page      |        2 |         1 |           2 |                      0
    debug     |        1 |         1 |           0 |                      1`,
  'parameter-values': table`
    parameter | parameter_value | requests | errors
    org       | 42              |        3 |      0
    debug     | null            |        1 |      0
    org       | 7               |        1 |      1
    page      | 1               |        1 |      0
    page      | 2               |        1 |      0`,
  'query-signatures': table`
    endpoint             | signature | requests | queries | errors | mean_ms
    shop.example.com/api | org&page  |        2 |       2 |      0 |     900
    shop.example.com/api | debug&org |        1 |       1 |      0 |    4000
    shop.example.com/api | org       |        1 |       1 |      1 |    2000`,
};
