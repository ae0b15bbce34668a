/** Who sends and who receives, as bare addresses; what the message's own header says is not looked at. */
export interface Envelope {
  from: string;
  to: string[];
}

/** The port to whatever carries mail. */
export interface Mailer {
  /** Hands over a finished MIME message. Throws a MailError unless every recipient was accepted. */
  send(raw: Uint8Array, envelope: Envelope): Promise<{ message_id: string }>;
}

/** Why a mail was not sent, or not to everyone, and what to do about it. Holds no credentials. */
export class MailError extends Error {
  override name = 'MailError';
}
