/*
Defines `requests_by_hour` for sections: one row per hour from the first request to the last. An hour without a request
has 0 requests and NULL times; its bytes and errors are 0, or NULL if those of the next hour with requests are NULL. A gap
of 10,000 hours or more is a wrong clock, not an outage, and is not filled. `answered` counts requests whose status is
known. Reads `requests` once.
*/
SELECT
  date_add('hour', -hours_back, hour) AS hour,
  CASE WHEN hours_back = 0 THEN requests ELSE 0 END AS requests,
  CASE WHEN hours_back = 0 OR bytes_sent IS NULL THEN bytes_sent ELSE 0 END AS bytes_sent,
  CASE WHEN hours_back = 0 OR errors_4xx IS NULL THEN errors_4xx ELSE 0 END AS errors_4xx,
  CASE WHEN hours_back = 0 OR errors_5xx IS NULL THEN errors_5xx ELSE 0 END AS errors_5xx,
  CASE WHEN hours_back = 0 THEN answered ELSE 0 END AS answered,
  CASE WHEN hours_back = 0 THEN mean_ms END AS mean_ms,
  CASE WHEN hours_back = 0 THEN max_ms END AS max_ms
FROM (
  SELECT
    *,
    coalesce(date_diff('hour', lag(hour) OVER (ORDER BY hour), hour) - 1, 0) AS empty_hours
  FROM (
    SELECT
      date_trunc('hour', time) AS hour,
      {{requests}} AS requests,
      {{bytes_sent}} AS bytes_sent,
      {{errors_4xx}} AS errors_4xx,
      {{errors_5xx}} AS errors_5xx,
      {{answered}} AS answered,
      {{mean_ms}} AS mean_ms,
      {{max_ms}} AS max_ms
    FROM requests
    WHERE time IS NOT NULL
    GROUP BY 1
  ) AS counted
) AS gaps
CROSS JOIN UNNEST(sequence(0, CASE WHEN empty_hours < 10000 THEN empty_hours ELSE 0 END)) AS steps (hours_back)
