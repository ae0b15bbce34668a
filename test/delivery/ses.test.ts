import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Mailer } from '../../lib/delivery/mailer.ts';
import { sesMailer } from '../../lib/delivery/ses.ts';
import { type SesServer, startSes } from '../servers/ses.ts';

let ses: SesServer;
let mailer: Mailer;

beforeAll(async () => {
  ses = await startSes();
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  mailer = sesMailer({
    configuration_set: 'reports',
    client: { endpoint: ses.endpoint, region: 'eu-central-1', credentials, maxAttempts: 1 },
  });
});
beforeEach(() => {
  ses.inbox.length = 0;
  ses.refuse(undefined);
});
afterAll(() => ses.close());

const raw = Buffer.from('Subject: Zahlen\r\n\r\nÜberblick\u0000\xff +&=\r\n');
const envelope = { from: 'reports@example.com', to: ['a@example.com', 'b@example.org'] };

test('SES receives the exact bytes, the sender, all recipients and the configuration set', async () => {
  expect(await mailer.send(raw, envelope)).toEqual({ message_id: 'message-1' });
  expect(ses.inbox).toEqual([
    {
      source: 'reports@example.com',
      destinations: ['a@example.com', 'b@example.org'],
      raw,
      configuration_set: 'reports',
    },
  ]);
});

test('in the sandbox the error says what to verify and how to leave the sandbox', async () => {
  const message =
    'Email address is not verified. The following identities failed the check in region EU-CENTRAL-1: b@example.org';
  ses.refuse({ code: 'MessageRejected', message });
  await expect(mailer.send(raw, envelope)).rejects.toMatchObject({
    name: 'DeliveryError',
    message: expect.stringMatching(/b@example\.org.*Verify the address.*sandbox.*production access/),
  });
});

test.each([
  [
    'MessageRejected',
    'Message contains a virus',
    /refused the mail from reports@example\.com: Message contains a virus$/,
  ],
  ['MailFromDomainNotVerifiedException', 'No MX record.', /Verify its MAIL FROM domain/],
  [
    'ConfigurationSetDoesNotExist',
    'Configuration set reports does not exist.',
    /reports does not exist.*Deploy the stack again/,
  ],
  ['AccessDenied', 'Not authorized to perform ses:SendRawEmail', /does not let this role send as reports@example\.com/],
  [
    'Throttling',
    'Maximum sending rate exceeded.',
    /did not accept the mail for 2 recipients.*Maximum sending rate exceeded/,
  ],
])('the error %s is explained', async (code, message, explanation) => {
  ses.refuse({ code, message });
  await expect(mailer.send(raw, envelope)).rejects.toThrow(explanation);
  expect(ses.inbox).toEqual([]);
});

test('a mail beyond the limits of SES is refused before it is sent', async () => {
  const to = Array.from({ length: 51 }, (_, index) => `person${index}@example.com`);
  await expect(mailer.send(raw, { ...envelope, to })).rejects.toThrow('at most 50 recipients, not 51');
  await expect(mailer.send(raw, { ...envelope, to: [] })).rejects.toThrow('no recipient');
  await expect(mailer.send(raw, { ...envelope, to: ['a@example.com\nb@example.org'] })).rejects.toThrow(
    'a recipient is not',
  );
  await expect(mailer.send(new Uint8Array(10_000_001), envelope)).rejects.toThrow('at most 10 MB');
  expect(ses.inbox).toEqual([]);
});
