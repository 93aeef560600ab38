import { randomUUID } from 'node:crypto';
import { MAX_SEND_MS, MailRefused, sesSender, type SendMail } from '../../../shared/mail/ses/ses-sender';
import { listMailsTo } from '../../support/system/mails';
import { useSesProxy } from '../../support/mail/mail-environment';
import type { SesProxy } from '../../support/mail/ses-proxy';

const MAIL = { subject: 'Größe & Kürze', html: '<p>Größe</p>', text: 'Größe 漢字 😀' };
const TAGS = { domainId: 'domain-1', kind: 'license-key' };

let ses: SesProxy;
let send: SendMail;
let to: string;

beforeAll(async () => {
  ses = await useSesProxy();
  send = sesSender({
    sender: 'licenses@example.com',
    productName: 'Büro, "Inc."',
    color: '#0b5cab',
    supportAddress: 'support@example.com',
    language: 'en',
    configurationSet: 'license-mail',
  });
});

afterAll(() => ses.close());

beforeEach(() => {
  to = `jane-${randomUUID()}@example.com`;
  ses.faults.length = 0;
  ses.requests.length = 0;
});

it('sends HTML and text, with the product as the sender and replies to the support', async () => {
  const messageId = await send(to, MAIL, TAGS);
  const [mail] = await listMailsTo(to);
  expect(mail).toMatchObject({
    messageId,
    subject: MAIL.subject,
    body: { html: MAIL.html, text: MAIL.text },
    replyTo: ['support@example.com'],
    destination: { to: [to] },
  });
  const encoded = Buffer.from('Büro, "Inc."').toString('base64');
  expect(mail?.from).toBe(`=?UTF-8?B?${encoded}?= <licenses@example.com>`);
});

it('sends the configuration set and the tags that identify the events', async () => {
  await send(to, MAIL, TAGS);
  const fields = Object.fromEntries(ses.requests[0] ?? []);
  expect(fields).toMatchObject({
    ConfigurationSetName: 'license-mail',
    'Tags.member.1.Name': 'domainId',
    'Tags.member.1.Value': 'domain-1',
    'Tags.member.2.Name': 'kind',
    'Tags.member.2.Value': 'license-key',
    'Message.Subject.Charset': 'UTF-8',
  });
});

it.each(['MessageRejected', 'InvalidParameterValue'] as const)(
  'does not retry %s, and masks local parts in the error',
  async (fault) => {
    ses.faults.push(fault);
    const result = send(to, MAIL, TAGS);
    await expect(result).rejects.toBeInstanceOf(MailRefused);
    await expect(result).rejects.toThrow(new RegExp(`^${fault}: (?!.*jane)`));
    expect(ses.requests).toHaveLength(1);
  },
);

it.each([
  ['AccessDenied', 'permission'],
  ['AccountSendingPausedException', 'account'],
  ['ConfigurationSetDoesNotExist', 'configurationSet'],
  ['MailFromDomainNotVerifiedException', 'sender'],
] as const)('says that an operator must act after %s, and does not retry at once', async (fault, block) => {
  ses.faults.push(fault);
  const result = send(to, MAIL, TAGS);
  await expect(result).rejects.toMatchObject({ name: 'SendingBlocked', block });
  await expect(result).rejects.toThrow(new RegExp(`^${fault}`));
  expect(ses.requests).toHaveLength(1);
});

it('does not call SES for an invalid address', async () => {
  await expect(send('jane@example.com\r\nBcc: all@example.com', MAIL, TAGS)).rejects.toBeInstanceOf(
    MailRefused,
  );
  expect(ses.requests).toHaveLength(0);
});

it.each(['Throttling', 'unavailable'] as const)('retries after one response of %s', async (fault) => {
  ses.faults.push(fault);
  await send(to, MAIL, TAGS);
  expect(await listMailsTo(to)).toHaveLength(1);
  expect(ses.requests).toHaveLength(2);
});

it.each(['Throttling', 'unavailable'] as const)(
  'throws after repeated %s, so that a later delivery retries',
  async (fault) => {
    ses.faults.push(fault, fault, fault);
    await expect(send(to, MAIL, TAGS)).rejects.not.toBeInstanceOf(MailRefused);
    expect(ses.requests).toHaveLength(2);
  },
);

it('sends a second email rather than none if the response of SES is lost', async () => {
  ses.faults.push('lost response');
  await send(to, MAIL, TAGS);
  expect(await listMailsTo(to)).toHaveLength(2);
});

it('times out before a claim can expire if SES does not respond', async () => {
  ses.faults.push('no response', 'no response', 'no response');
  const elapsed: number[] = [];
  const { setTimeout: start } = global;
  const timers = jest.spyOn(global, 'setTimeout').mockImplementation((act: () => void, ms = 0) =>
    start(() => {
      elapsed.push(ms);
      act();
    }, ms),
  );
  await expect(send(to, MAIL, TAGS)).rejects.toThrow(/timeout/i);
  timers.mockRestore();
  expect(ses.requests).toHaveLength(2);
  // The longest timer that elapses is that of a request.
  expect(ses.requests.length * Math.max(...elapsed)).toBeLessThan(MAX_SEND_MS);
});
