import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** One mail that reached the server. */
export interface ReceivedMail {
  source: string;
  destinations: string[];
  raw: Buffer;
  configuration_set: string | null;
}

export interface SesServer {
  endpoint: string;
  /** Mails that were accepted, in order. */
  inbox: ReceivedMail[];
  /** Answers every further request with this error; undefined accepts mail again. */
  refuse(error: { code: string; message: string } | undefined): void;
  close(): Promise<void>;
}

/** A server on 127.0.0.1 that speaks the query protocol of the SES v1 API, as far as SendRawEmail goes. */
export async function startSes(): Promise<SesServer> {
  const inbox: ReceivedMail[] = [];
  let refusal: { code: string; message: string } | undefined;
  const server = createServer(async (request, response) => {
    const form = new URLSearchParams(await text(request));
    const answer = (status: number, xml: string) => response.writeHead(status, { 'content-type': 'text/xml' }).end(xml);
    const error =
      form.get('Action') === 'SendRawEmail' ? refusal : { code: 'InvalidAction', message: `${form.get('Action')}` };
    if (error) {
      const { code, message } = error;
      return answer(
        400,
        `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${message}</Message></Error></ErrorResponse>`,
      );
    }
    inbox.push({
      source: form.get('Source') ?? '',
      destinations: [...form].filter(([name]) => name.startsWith('Destinations.member.')).map(([, value]) => value),
      raw: Buffer.from(form.get('RawMessage.Data') ?? '', 'base64'),
      configuration_set: form.get('ConfigurationSetName'),
    });
    const id = `<MessageId>message-${inbox.length}</MessageId>`;
    answer(200, `<SendRawEmailResponse><SendRawEmailResult>${id}</SendRawEmailResult></SendRawEmailResponse>`);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    inbox,
    refuse: (error) => {
      refusal = error;
    },
    close: () =>
      new Promise((resolve, reject) => {
        server.close((error) => (error ? reject(error) : resolve()));
        server.closeAllConnections();
      }),
  };
}
