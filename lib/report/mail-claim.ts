import { type Clock, isoTime } from '../run/clock.ts';
import { readJson, writeJson } from '../store/json.ts';
import type { Store } from '../store/store.ts';

/** A run's claim to send the mail of one revision; `sent_at` once the mail is sent. */
interface MailClaim {
  run_id: string;
  /** ISO 8601, as `sent_at`. */
  claimed_at: string;
  sent_at?: string;
  message_id?: string;
}

/** After an hour without `sent_at` the claiming run counts as dead. */
const CLAIM_MS = 60 * 60 * 1000;

/** Where the claims of one revision's mail are kept. */
export interface MailClaims {
  editions: Store;
  key: string;
  run_id: string;
  clock: Clock;
}

/** True if a run has sent the mail. */
export async function isMailSent({ editions, key }: MailClaims): Promise<boolean> {
  return (await readJson<MailClaim>(editions, key))?.sent_at !== undefined;
}

/** Claims the mail for this run; false if another run has claimed or sent it. */
export async function claimMail({ editions, key, run_id, clock }: MailClaims): Promise<boolean> {
  const claim: MailClaim = { run_id, claimed_at: isoTime(clock) };
  if (await writeJson(editions, key, claim, { if_absent: true })) return true;
  const found = await readJson<MailClaim>(editions, key);
  if (!found) throw new Error(`${editions.root}${key} was just deleted; run the report again`);
  if (found.sent_at) return false;
  if (found.run_id === run_id) return true;
  if (clock() - Date.parse(found.claimed_at) < CLAIM_MS) return false;
  await writeJson(editions, key, claim);
  return true;
}

/** Records that this run has sent the mail it claimed. */
export async function recordSentMail({ editions, key, run_id, clock }: MailClaims, message_id: string): Promise<void> {
  const sent_at = isoTime(clock);
  const found = await readJson<MailClaim>(editions, key);
  const claim: MailClaim = { run_id, claimed_at: found?.claimed_at ?? sent_at, sent_at, message_id };
  await writeJson(editions, key, claim);
}

/** Gives a claim up, so that another run may send the mail. */
export async function releaseMail({ editions, key }: MailClaims): Promise<void> {
  await editions.delete([key]);
}
