/** Sender and recipients as bare addresses. They decide where a mail goes; the headers of the message do not. */
export interface Envelope {
  from: string;
  to: string[];
}

/** The port to services that send mail. */
export interface Mailer {
  /** Sends a complete MIME message. Throws a DeliveryError unless every recipient was accepted. */
  send(raw: Uint8Array, envelope: Envelope): Promise<{ message_id: string }>;
}
