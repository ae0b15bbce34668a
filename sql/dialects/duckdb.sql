-- Lets DuckDB run the project's Trino SQL unchanged: macros named after Trino's functions, and nothing else.
-- Each is a statement of its own. DuckDB's own function of the same name is reached through `system.main`.

-- Session: timestamps are UTC, and integers divide as integers.
SET TimeZone = 'UTC';
SET integer_division = true;

-- Aggregates

-- Trino estimates; here the answer is exact (the value at that rank) and the same in every run. `p` is one fraction or an array.
CREATE OR REPLACE MACRO approx_percentile(x, p) AS quantile_disc(x, p);

-- JSON

-- Trino gives NULL for text that is no JSON and for an object, an array or null; DuckDB fails or prints them.
CREATE OR REPLACE MACRO json_extract_scalar(json, path) AS
  CASE WHEN json_valid(json) THEN
    CASE WHEN json_type(json, path) NOT IN ('OBJECT', 'ARRAY', 'NULL') THEN json_extract_string(json, path) END
  END;

-- Text

-- Trino gives NULL where the pattern is not found; DuckDB the empty string.
CREATE OR REPLACE MACRO regexp_extract(text, pattern) AS
  CASE WHEN regexp_matches(text, pattern) THEN system.main.regexp_extract(text, pattern) END;
