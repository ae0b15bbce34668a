import type { Socket } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';

/** A mail as it was received, dot-stuffing undone. */
export interface DeliveredMail {
  from: string;
  to: string[];
  raw: Buffer;
  user: string | undefined;
  encrypted: boolean;
}

export interface SmtpTestServer {
  port: number;
  inbox: DeliveredMail[];
  /** Breaks every connection at once. */
  hangUp(): void;
  close(): Promise<void>;
}

/**
 * A real SMTP server on all addresses of this machine. It knows one login, `reports` with the password `secret word`, and
 * refuses recipients at refused.example.com.
 */
export async function startSmtp(options: SMTPServerOptions = {}): Promise<SmtpTestServer> {
  const inbox: DeliveredMail[] = [];
  const server = new SMTPServer({
    logger: false,
    onAuth: ({ username, password }, _session, done) =>
      username === 'reports' && password === 'secret word'
        ? done(null, { user: username })
        : done(Object.assign(new Error('Bad login'), { responseCode: 535 })),
    onRcptTo: ({ address }, _session, done) =>
      done(
        address.endsWith('@refused.example.com')
          ? Object.assign(new Error('No such mailbox'), { responseCode: 550 })
          : null,
      ),
    onData: async (stream, { envelope, user, secure }, done) => {
      const from = envelope.mailFrom ? envelope.mailFrom.address : '';
      const to = envelope.rcptTo.map(({ address }) => address);
      inbox.push({ from, to, raw: await buffer(stream), user: user as string | undefined, encrypted: secure });
      done(null);
    },
    ...options,
  });
  server.on('error', () => {}); // a client that hangs up is no fault of the server
  const sockets = new Set<Socket>();
  server.server.on('connection', (socket: Socket) => sockets.add(socket));
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve));
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : 0,
    inbox,
    hangUp: () => {
      for (const socket of sockets) socket.destroy();
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
