/** Text that a spreadsheet may run as a formula: spreadsheets skip leading white space and quotes. */
const FORMULA = /^[\s"']*[=+\-@\t\r\n＝＋－＠]/;
const QUOTED = /[",\r\n]/;

/**
 * A value as one cell of a CSV file (RFC 4180). NULL is an empty cell, the empty string is `""`. Text that a spreadsheet
 * would run as a formula gets an apostrophe in front (OWASP, CSV injection), because log lines are written by attackers.
 */
export function csvCell(value: unknown): string {
  if (value === null) return '';
  return typeof value === 'string' ? textCell(value) : String(value);
}

function textCell(text: string): string {
  const safe = FORMULA.test(text) ? `'${text}` : text;
  return safe === '' || QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
