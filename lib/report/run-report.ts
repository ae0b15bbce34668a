import { DeliveryError } from '../delivery/delivery-error.ts';
import type { LeasedFlow } from '../run/lease.ts';
import { type Delivery, deliverEdition } from './deliver-edition.ts';
import type { ReportPorts, ReportRequest } from './ports.ts';
import { type Produced, produceEdition } from './produce-edition.ts';
import { removeOriginals } from './remove-originals.ts';

export interface ReportRun extends Produced {
  mail: Delivery['mail'];
  /** How many raw logs were deleted, with remove_original_logs. */
  removed_originals: number;
}

/**
 * Runs a report: brings the lake up to date, writes the edition with its page and mail, sends the mail, and deletes the raw
 * logs of the period, each if the request asks for it.
 */
export async function runReport(flow: LeasedFlow, ports: ReportPorts, request: ReportRequest): Promise<ReportRun> {
  if (request.email && !ports.mailer) {
    throw new DeliveryError('email: there is no sender; add mail.from to the configuration and deploy again');
  }
  const produced = await produceEdition(flow, ports, request);
  const { mail } = await deliverEdition(flow, ports, request, produced);
  const removed_originals = request.remove_original_logs ? await removeOriginals(flow, ports, request) : 0;
  return { ...produced, mail, removed_originals };
}
