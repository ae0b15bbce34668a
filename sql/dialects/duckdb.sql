-- Lets DuckDB run the project's Trino SQL unchanged: macros with the names of Trino's functions, and nothing else.
-- Each macro is one statement. `system.main` reaches DuckDB's own function of the same name.

-- Session: timestamps are UTC, and integers divide as integers.
SET TimeZone = 'UTC';
SET integer_division = true;

-- Aggregates

-- Trino estimates; here the result is exact (the value at that rank) and the same in every run. `p` is one fraction or an array.
CREATE OR REPLACE MACRO approx_percentile(x, p) AS quantile_disc(x, p);

-- JSON

-- Trino returns NULL for invalid JSON and for an object, an array or null; DuckDB fails or prints them. Trino returns a
-- number as it was written; here DuckDB formats it. Trino writes a path with any key as $["a"]["b"], DuckDB as $."a"."b".
CREATE OR REPLACE MACRO json_extract_scalar(json, path) AS
  try(
    CASE WHEN json_type(json, replace(replace(path, '["', '."'), '"]', '"')) NOT IN ('OBJECT', 'ARRAY', 'NULL')
      THEN json_extract_string(json, replace(replace(path, '["', '."'), '"]', '"')) END);

-- NULL where Trino fails, which `try` turns into NULL. Only DuckDB accepts a comma at the end of a list and numbers like
-- NaN. Strings may contain both, so a text with them is checked again without its strings. The first check is three
-- expressions, because RE2 is fast when an expression starts with one fixed character.
CREATE OR REPLACE MACRO json_parse(text) AS
  CASE
    WHEN NOT json_valid(text) THEN NULL
    WHEN NOT (
      regexp_matches(text, ',\s*(?:[}\]]|[-+]?(?:[nN][aA][nN]|[iI][nN][fF]))')
      OR regexp_matches(text, ':\s*[-+]?(?:[nN][aA][nN]|[iI][nN][fF])')
      OR regexp_matches(text, '\[\s*[-+]?(?:[nN][aA][nN]|[iI][nN][fF])'))
    THEN text
    WHEN NOT regexp_matches(
      system.main.regexp_replace(text, '"(?:[^"\\]|\\.)*"', '""', 'g'),
      '(?i),\s*[}\]]|[:\[,]\s*[-+]?(?:nan|inf)')
    THEN text
  END;

-- Text

-- The first of all matches, because without a match DuckDB returns the empty string and Trino NULL. Macros use their
-- argument once where they can: within a CASE, and `nullif` is one, DuckDB evaluates it once per use. For a group that is
-- not part of the match Trino returns NULL and DuckDB the empty string: callers write `nullif(…, '')` to get the same.
CREATE OR REPLACE MACRO regexp_extract
  (text, pattern) AS list_extract(regexp_extract_all(text, pattern), 1),
  (text, pattern, n) AS list_extract(regexp_extract_all(text, pattern, n), 1);

CREATE OR REPLACE MACRO regexp_like(text, pattern) AS regexp_matches(text, pattern);

-- Trino replaces every match, DuckDB the first. The replacement is plain text: groups are written differently.
CREATE OR REPLACE MACRO regexp_replace(text, pattern, replacement) AS
  system.main.regexp_replace(text, pattern, replacement, 'g');

-- Trino fails on an invalid escape, which `try` turns into NULL, reads a plus sign as a space, and turns invalid UTF-8
-- into U+FFFD. Here anything invalid returns NULL or fails, which `try` also turns into NULL. A search for plus signs is
-- faster than a replacement that finds none.
CREATE OR REPLACE MACRO url_decode(text) AS
  CASE
    WHEN regexp_matches(text, '%(?:[^0-9A-Fa-f]|[0-9A-Fa-f][^0-9A-Fa-f]|[0-9A-Fa-f]?$)') THEN NULL
    WHEN strpos(text, '+') = 0 THEN system.main.url_decode(text)
    ELSE system.main.url_decode(replace(text, '+', '%20'))
  END;

-- Lists

-- NULL beyond the end, as in Trino; element -1 is the last.
CREATE OR REPLACE MACRO element_at(list, n) AS list_extract(list, n);

-- For a missing element Trino returns 0 and DuckDB NULL: callers write `nullif(…, 0)` to get the same.
CREATE OR REPLACE MACRO array_position(list, element) AS list_position(list, element);

CREATE OR REPLACE MACRO split(text, delimiter) AS string_split(text, delimiter);

-- NULL beyond the end, as in Trino; DuckDB's own function returns the empty string.
CREATE OR REPLACE MACRO split_part(text, delimiter, n) AS list_extract(string_split(text, delimiter), n);

CREATE OR REPLACE MACRO cardinality(list) AS len(list);

-- Integers from `start` to `stop`, both included. Trino counts down if `stop` is less, and fails beyond 10,000 elements.
CREATE OR REPLACE MACRO sequence(start, stop) AS generate_series(start, stop);

CREATE OR REPLACE MACRO array_join(list, delimiter) AS array_to_string(list, delimiter);

-- Dates

-- The only format that the project reads. NULL where Trino fails, which `try` turns into NULL. DuckDB ignores spaces
-- around a date; the brackets prevent that.
CREATE OR REPLACE MACRO date_parse(text, format) AS
  CASE WHEN format = '%d/%b/%Y:%H:%i:%s'
    THEN try_strptime('[' || text || ']', '[%d/%b/%Y:%H:%M:%S]') END;

-- Monday is 1, Sunday is 7.
CREATE OR REPLACE MACRO day_of_week(moment) AS isodow(moment);

-- Trino fails on an amount beyond 32 bits, which `try` turns into NULL; so does the cast.
CREATE OR REPLACE MACRO date_add(unit, amount, moment) AS
  CASE unit
    WHEN 'hour' THEN moment + to_hours(CAST(amount AS INTEGER))
    WHEN 'minute' THEN moment + to_minutes(CAST(amount AS INTEGER))
    WHEN 'millisecond' THEN moment + to_milliseconds(CAST(amount AS INTEGER))
  END;

-- Hashes

-- Trino hashes bytes to bytes; DuckDB returns a hash as hexadecimal text.
CREATE OR REPLACE MACRO to_utf8(text) AS encode(text);

CREATE OR REPLACE MACRO sha256(bytes) AS unhex(system.main.sha256(bytes));

CREATE OR REPLACE MACRO to_hex(bytes) AS hex(bytes);
