import { distinct, firstSeen, grouped, lastSeen } from './figures.ts';
import type { Section } from './web-sections.ts';

/** Sections about log lines that are no requests. */
export const LOG_SECTIONS: Readonly<Record<string, Section>> = {
  levels: (lines) =>
    grouped(
      lines,
      ({ level }) => ({ level }),
      (of) => ({
        ...{ lines: of.length, applications: distinct(of, ({ application }) => application) },
        ...{ first_seen: firstSeen(of), last_seen: lastSeen(of) },
      }),
    ),
  applications: (lines) =>
    grouped(
      lines,
      ({ host, application }) => ({ host, application }),
      (of) => ({ lines: of.length, first_seen: firstSeen(of), last_seen: lastSeen(of) }),
    ),
  messages: (lines) =>
    grouped(
      lines,
      ({ application, message }) => ({ application, message: message?.replaceAll(/\d+/g, '#') ?? null }),
      (of) => ({ lines: of.length, first_seen: firstSeen(of), last_seen: lastSeen(of) }),
    ),
};
