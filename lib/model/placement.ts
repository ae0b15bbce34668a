/** Where a section appears beside its place on the page, as its header declares. Columns are named as in SQL. */
export interface Placement {
  /** True for the section whose only row gives the headline figures of an edition. */
  headline?: boolean | undefined;
  /** The columns that together name what a row is about, such as `bucket` and `object`. */
  entity?: readonly string[] | undefined;
  mail?: MailPlace | undefined;
  terminal?: TerminalPlace | undefined;
}

/** In the mail a section is a short table, or a list of what is new, gone, risen and fallen. */
export type MailPlace = { table: MailColumns } | { changes: { most_of_a_kind: number } };

export interface MailColumns {
  /** Text, one column under the other. Columns that are not in the rows are left out. */
  labels: readonly string[];
  /** Numbers, beside the text. */
  figures: readonly string[];
  /** Show only the first of consecutive rows that have the same value in this column. */
  once_per?: string | undefined;
}

/** On the terminal a section is a bar per row, or a line of small columns for each of its figures: a title, and what is added up. */
export type TerminalPlace = 'bars' | { sparklines: Readonly<Record<string, readonly string[]>> };

/** Only the placement of a section, without keys that have no value. */
export function placementOf({ headline, entity, mail, terminal }: Placement): Placement {
  return {
    ...(headline && { headline }),
    ...(entity && { entity }),
    ...(mail && { mail }),
    ...(terminal && { terminal }),
  };
}
