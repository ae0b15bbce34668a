/** A text as an SQL string, on either engine. */
export function sqlString(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
