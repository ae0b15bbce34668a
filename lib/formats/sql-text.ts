/** A text as an SQL string, on either engine. */
export function sqlText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
