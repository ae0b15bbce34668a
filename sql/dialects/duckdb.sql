-- Lets DuckDB run the project's Trino SQL unchanged: macros named after Trino's functions, and nothing else.
-- Each is a statement of its own. DuckDB's own function of the same name is reached through `system.main`.

-- Session: timestamps are UTC, and integers divide as integers.
SET TimeZone = 'UTC';
SET integer_division = true;

-- Aggregates

-- Trino estimates; here the answer is exact (the value at that rank) and the same in every run. `p` is one fraction or an array.
CREATE OR REPLACE MACRO approx_percentile(x, p) AS quantile_disc(x, p);

-- JSON

-- Trino gives NULL for text that is no JSON and for an object, an array or null; DuckDB fails or prints them. A number is
-- as it was written in Trino and as DuckDB would write it here. Trino writes a path with any key as $["a"]["b"], DuckDB as
-- $."a"."b".
CREATE OR REPLACE MACRO json_extract_scalar(json, path) AS
  try(
    CASE WHEN json_type(json, replace(replace(path, '["', '."'), '"]', '"')) NOT IN ('OBJECT', 'ARRAY', 'NULL')
      THEN json_extract_string(json, replace(replace(path, '["', '."'), '"]', '"')) END);

-- NULL where Trino fails, which `try` turns into NULL. DuckDB alone takes a comma at the end of a list and numbers like
-- NaN; both may stand in a string, so text with them is looked at again without its strings. At first by three expressions,
-- because RE2 skips to the one character that an expression starts with.
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

-- The first of all matches, since DuckDB gives the empty string where there is none and Trino gives NULL. Macros name
-- their text once where they can: within a CASE, which `nullif` is too, it is worked out as often as it is named. For a
-- group that takes no part in a match Trino gives NULL and DuckDB the empty string: `nullif(…, '')` makes them one.
CREATE OR REPLACE MACRO regexp_extract
  (text, pattern) AS list_extract(regexp_extract_all(text, pattern), 1),
  (text, pattern, n) AS list_extract(regexp_extract_all(text, pattern, n), 1);

CREATE OR REPLACE MACRO regexp_like(text, pattern) AS regexp_matches(text, pattern);

-- Trino replaces every match, DuckDB the first. The replacement is plain text: groups are written differently.
CREATE OR REPLACE MACRO regexp_replace(text, pattern, replacement) AS
  system.main.regexp_replace(text, pattern, replacement, 'g');

-- Trino fails on an escape that is none, which `try` turns into NULL, reads a plus sign as a space, and turns bytes that
-- are no UTF-8 into U+FFFD. Here all that is not clean gives NULL or an error, which `try` turns into NULL as well. DuckDB
-- takes longer to replace nothing than to see that there is nothing to replace.
CREATE OR REPLACE MACRO url_decode(text) AS
  CASE
    WHEN regexp_matches(text, '%(?:[^0-9A-Fa-f]|[0-9A-Fa-f][^0-9A-Fa-f]|[0-9A-Fa-f]?$)') THEN NULL
    WHEN strpos(text, '+') = 0 THEN system.main.url_decode(text)
    ELSE system.main.url_decode(replace(text, '+', '%20'))
  END;

-- Lists

-- Beyond the end NULL, as in Trino; element -1 is the last.
CREATE OR REPLACE MACRO element_at(list, n) AS list_extract(list, n);

-- Where it is not found Trino gives 0, DuckDB NULL: `nullif(…, 0)` makes them one.
CREATE OR REPLACE MACRO array_position(list, element) AS list_position(list, element);

CREATE OR REPLACE MACRO split(text, delimiter) AS string_split(text, delimiter);

-- Beyond the end NULL, as in Trino; DuckDB's own gives the empty string.
CREATE OR REPLACE MACRO split_part(text, delimiter, n) AS list_extract(string_split(text, delimiter), n);

CREATE OR REPLACE MACRO cardinality(list) AS len(list);

-- Whole numbers from `start` to `stop`, both included. Trino counts down if `stop` is less, and fails on more than 10,000.
CREATE OR REPLACE MACRO sequence(start, stop) AS generate_series(start, stop);

CREATE OR REPLACE MACRO array_join(list, delimiter) AS array_to_string(list, delimiter);

-- Dates

-- The one format the project reads. NULL where Trino fails, which `try` turns into NULL; DuckDB would pass over spaces
-- around it, but not within brackets.
CREATE OR REPLACE MACRO date_parse(text, format) AS
  CASE WHEN format = '%d/%b/%Y:%H:%i:%s'
    THEN try_strptime('[' || text || ']', '[%d/%b/%Y:%H:%M:%S]') END;

-- From Monday, 1, to Sunday, 7.
CREATE OR REPLACE MACRO day_of_week(moment) AS isodow(moment);

-- Trino fails on an amount beyond 32 bits, which `try` turns into NULL; so does the cast.
CREATE OR REPLACE MACRO date_add(unit, amount, moment) AS
  CASE unit
    WHEN 'hour' THEN moment + to_hours(CAST(amount AS INTEGER))
    WHEN 'minute' THEN moment + to_minutes(CAST(amount AS INTEGER))
    WHEN 'millisecond' THEN moment + to_milliseconds(CAST(amount AS INTEGER))
  END;

-- Hashes

-- Trino hashes bytes to bytes; DuckDB gives a hash as hexadecimal text.
CREATE OR REPLACE MACRO to_utf8(text) AS encode(text);

CREATE OR REPLACE MACRO sha256(bytes) AS unhex(system.main.sha256(bytes));

CREATE OR REPLACE MACRO to_hex(bytes) AS hex(bytes);
