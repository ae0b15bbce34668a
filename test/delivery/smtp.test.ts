import { afterEach, describe, expect, test } from '@jest/globals';
import { type SmtpSettings, smtpMailer, smtpSettings } from '../../lib/delivery/smtp.ts';
import { composeMail } from '../../lib/views/mail/message.ts';
import { hostileText, sampleEdition } from '../editions.ts';
import { type SmtpTestServer, startSmtp } from '../servers/smtp.ts';

let server: SmtpTestServer | undefined;
afterEach(() => server?.close());

const ENV = {
  SMTP_HOST: '127.0.0.1',
  SMTP_USERNAME: 'reports',
  SMTP_PASSWORD: 'secret word',
  REPLY_TO_EMAIL: 'ops@example.com',
  FROM_EMAIL: 'reports@example.com',
  TARGET_EMAIL_ADDRESS: 'a@example.com, b@example.org',
};

function settings(port: number, env: Partial<typeof ENV> = {}): SmtpSettings {
  const read = smtpSettings({ ...ENV, ...env, SMTP_PORT: String(port) });
  if (!read) throw new Error('the test sets every variable');
  return read;
}

const RAW = Buffer.from('Message-ID: <1@example.com>\r\nSubject: x\r\n\r\n.a line with a dot\r\n..\r\n');
const ENVELOPE = { from: 'reports@example.com', to: ['a@example.com', 'b@example.org'] };

describe('settings from the environment', () => {
  test('are complete, with a port and several recipients', () => {
    expect(smtpSettings(ENV)).toEqual({
      host: '127.0.0.1',
      port: 587,
      username: 'reports',
      password: 'secret word',
      from: 'reports@example.com',
      reply_to: 'ops@example.com',
      to: ['a@example.com', 'b@example.org'],
    });
    expect(smtpSettings({ ...ENV, SMTP_PORT: '465' })?.port).toBe(465);
  });

  test('are undefined when nothing is set', () => {
    expect(smtpSettings({ PATH: '/bin' })).toBeUndefined();
  });

  test.each(Object.keys(ENV))('name %s when it alone is missing', (name) => {
    expect(() => smtpSettings({ ...ENV, [name]: ' ' })).toThrow(`also set ${name};`);
  });

  test.each([
    ['SMTP_PORT', '70000'],
    ['SMTP_PORT', '25x'],
    ['FROM_EMAIL', 'reports@example.com\r\nBcc: victim@example.com'],
    ['REPLY_TO_EMAIL', 'nobody'],
    ['TARGET_EMAIL_ADDRESS', 'a@example.com,,'],
    ['TARGET_EMAIL_ADDRESS', 'a@example.com,b@example.org\u0000'],
  ])('refuse %s=%j by name', (name, value) => {
    expect(() => smtpSettings({ ...ENV, [name]: value })).toThrow(name);
  });
});

describe('a mail by SMTP', () => {
  test('arrives byte for byte at every recipient, after a login', async () => {
    server = await startSmtp();
    const mail = await composeMail(sampleEdition(30, hostileText), {
      access: { link: (name) => `https://links.example.com/${name}` },
      from: ENVELOPE.from,
      to: ENVELOPE.to,
      reply_to: 'ops@example.com',
      subject_prefix: '[Logtally]',
    });
    for (const raw of [RAW, mail]) {
      const { message_id } = await smtpMailer(settings(server.port)).send(raw, ENVELOPE);
      expect(message_id).toMatch(/^<[^<>]+@example\.com>$/);
      expect(server.inbox.at(-1)).toMatchObject({ ...ENVELOPE, user: 'reports', encrypted: true });
      expect(server.inbox.at(-1)?.raw.equals(raw)).toBe(true);
    }
  });

  test('needs no TLS to a server on this machine', async () => {
    server = await startSmtp({ disabledCommands: ['STARTTLS'], allowInsecureAuth: true });
    await smtpMailer(settings(server.port)).send(RAW, ENVELOPE);
    expect(server.inbox).toMatchObject([{ encrypted: false, user: 'reports' }]);
  });

  test('sends neither password nor mail to another machine without TLS', async () => {
    let logins = 0;
    server = await startSmtp({
      disabledCommands: ['STARTTLS'],
      allowInsecureAuth: true,
      onAuth: (_auth, _session, done) => {
        logins++;
        done(null, { user: 'reports' });
      },
    });
    // 0.0.0.0 also reaches this machine, but the mailer must not treat it as local.
    const sending = smtpMailer(settings(server.port, { SMTP_HOST: '0.0.0.0' })).send(RAW, ENVELOPE);
    await expect(sending).rejects.toThrow(/offers no working STARTTLS.*use port 465/);
    expect(logins).toBe(0);
  });

  test('is not sent to another machine whose certificate is not trusted', async () => {
    server = await startSmtp();
    const sending = smtpMailer(settings(server.port, { SMTP_HOST: '0.0.0.0' })).send(RAW, ENVELOPE);
    await expect(sending).rejects.toThrow(/certificate|STARTTLS/);
    expect(server.inbox).toEqual([]);
  });

  test('with a wrong password names the variables, never the password', async () => {
    server = await startSmtp();
    const error = await smtpMailer(settings(server.port, { SMTP_PASSWORD: 'hunter2 wrong' }))
      .send(RAW, ENVELOPE)
      .catch((failure: Error) => failure);
    expect(error).toMatchObject({
      name: 'DeliveryError',
      message: expect.stringMatching(/refused the login: 535.*SMTP_PASSWORD/),
    });
    const encoded = [
      'hunter2 wrong',
      Buffer.from('hunter2 wrong').toString('base64'),
      Buffer.from('\0reports\0hunter2 wrong').toString('base64'),
    ];
    for (const secret of encoded)
      expect(JSON.stringify(error, Object.getOwnPropertyNames(error))).not.toContain(secret);
    expect((error as Error).cause).toBeUndefined();
  });

  test('is not sent without a recipient, or to an address that could add one', async () => {
    server = await startSmtp();
    const mailer = smtpMailer(settings(server.port));
    await expect(mailer.send(RAW, { ...ENVELOPE, to: [] })).rejects.toThrow('no recipient');
    const to = ['a@example.com>\r\nRCPT TO:<victim@example.com'];
    await expect(mailer.send(RAW, { ...ENVELOPE, to })).rejects.toThrow('a recipient is not a mail address');
    expect(server.inbox).toEqual([]);
  });

  test('names the refused recipients if none was accepted', async () => {
    server = await startSmtp();
    const sending = smtpMailer(settings(server.port)).send(RAW, { ...ENVELOPE, to: ['x@refused.example.com'] });
    await expect(sending).rejects.toThrow(/refused x@refused\.example\.com: 550.*TARGET_EMAIL_ADDRESS/);
  });

  test('names the recipients that were accepted and those that were refused', async () => {
    server = await startSmtp();
    const sending = smtpMailer(settings(server.port)).send(RAW, {
      ...ENVELOPE,
      to: ['a@example.com', 'x@refused.example.com'],
    });
    await expect(sending).rejects.toThrow(/went to a@example\.com, but .* refused x@refused\.example\.com \(550/);
    expect(server.inbox.map(({ to }) => to)).toEqual([['a@example.com']]);
  });

  test('explains a connection that the server closes half way', async () => {
    server = await startSmtp({ onData: () => server?.hangUp() });
    await expect(smtpMailer(settings(server.port)).send(RAW, ENVELOPE)).rejects.toThrow(/closed the connection/);
  });

  test('explains a server that cannot be reached', async () => {
    server = await startSmtp();
    const { port } = server;
    await server.close();
    server = undefined;
    await expect(smtpMailer(settings(port)).send(RAW, ENVELOPE)).rejects.toThrow(
      /cannot be reached.*SMTP_HOST and SMTP_PORT/,
    );
  });
});
