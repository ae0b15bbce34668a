/** Why a message was not delivered, or not to everyone, and what to do about it. Its text never holds credentials. */
export class DeliveryError extends Error {
  override name = 'DeliveryError';
}
