import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { type Listening, listen, readBody } from '../../../../local/host/http';
import { SesAccount } from '../../../../local/services/ses/account';
import { Faults } from '../../../../local/services/ses/faults';
import { serveMailFront } from '../../../../local/services/ses/front';

const ANSWER =
  '<SendEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendEmailResult><MessageId>ses-1</MessageId>' +
  '</SendEmailResult></SendEmailResponse>';
const SETTINGS = {
  region: 'us-east-1',
  credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  maxAttempts: 1,
};

let viewer: Listening;
let front: Listening;
let account: SesAccount;
let faults: Faults;
/** The requests that reached the local SES. */
let forwarded: string[];
let published: { configurationSet: string; eventType: string }[];
let ses: SESClient;

beforeEach(async () => {
  forwarded = [];
  published = [];
  viewer = await listen((request, response) => {
    void readBody(request).then((body) => {
      forwarded.push(`${request.method} ${request.url} ${String(body)}`);
      response.writeHead(200, { 'content-type': 'text/xml' }).end(ANSWER);
    });
  }, 0);
  account = new SesAccount();
  faults = new Faults();
  front = await serveMailFront({
    mailUrl: viewer.url,
    account,
    faults,
    publish: (configurationSet, { eventType }) => published.push({ configurationSet, eventType }),
  });
  ses = new SESClient({ ...SETTINGS, endpoint: front.url });
});

afterEach(async () => {
  ses.destroy();
  await front.close();
  await viewer.close();
});

const send = (to: string, ConfigurationSetName: string | undefined = 'license-mail') =>
  ses.send(
    new SendEmailCommand({
      Source: 'licenses@example.com',
      Destination: { ToAddresses: [to] },
      Message: { Subject: { Data: 'Grüße & Küsse' }, Body: { Text: { Data: 'text' } } },
      ConfigurationSetName,
      Tags: [{ Name: 'domainId', Value: 'd' }],
    }),
  );

it('forwards an email unchanged, and publishes no events', async () => {
  expect((await send('jane@example.com')).MessageId).toBe('ses-1');
  expect(forwarded).toEqual([expect.stringContaining('Gr%C3%BC%C3%9Fe%20%26%20K%C3%BCsse')]);
  expect(published).toEqual([]);
});

it('publishes the events of the mailbox simulator to the configuration set', async () => {
  await send('complaint+jane@simulator.amazonses.com');
  expect(published).toEqual([
    { configurationSet: 'license-mail', eventType: 'Delivery' },
    { configurationSet: 'license-mail', eventType: 'Complaint' },
  ]);
  expect(forwarded).toHaveLength(1);
});

it.each([
  ['Throttling', 'Throttling'],
  ['MessageRejected', 'MessageRejected'],
  ['InternalFailure', 'InternalFailure'],
] as const)('refuses one send with %s', async (fault, name) => {
  faults.add(fault, 'jane', 1);
  await send('john@example.com');
  await expect(send('jane@example.com')).rejects.toMatchObject({ name });
  await send('jane@example.com');
  expect(forwarded).toHaveLength(2);
});

it('accepts an email and loses the response', async () => {
  faults.add('lost-answer', '', 1);
  await expect(send('success@simulator.amazonses.com')).rejects.toThrow();
  expect(forwarded).toHaveLength(1);
  expect(published).toHaveLength(1);
});

it('does not respond', async () => {
  faults.add('silent', '', 1);
  const requestHandler = { requestTimeout: 100, throwOnRequestTimeout: true };
  ses = new SESClient({ ...SETTINGS, endpoint: front.url, requestHandler });
  await expect(send('jane@example.com')).rejects.toThrow(/timeout|timed out/i);
  expect(forwarded).toEqual([]);
});

describe('the account', () => {
  const v2 = () => new SESv2Client({ ...SETTINGS, endpoint: front.url });

  it('is out of the sandbox, can send, and has verified every identity', async () => {
    expect(await v2().send(new GetAccountCommand({}))).toMatchObject({
      ProductionAccessEnabled: true,
      SendingEnabled: true,
    });
    const asked = new GetEmailIdentityCommand({ EmailIdentity: 'licenses@example.com' });
    expect(await v2().send(asked)).toMatchObject({
      IdentityType: 'EMAIL_ADDRESS',
      VerifiedForSendingStatus: true,
    });
  });

  it('can be changed', async () => {
    account.set({ sandbox: true, verified: false });
    expect(account.set({ paused: true })).toEqual({ sandbox: true, paused: true, verified: false });
    expect(await v2().send(new GetAccountCommand({}))).toMatchObject({
      ProductionAccessEnabled: false,
      SendingEnabled: false,
    });
    await expect(send('jane@example.com')).rejects.toMatchObject({ name: 'AccountSendingPausedException' });
  });
});

it('forwards all other requests', async () => {
  const answer = await fetch(`${front.url}/store?since=0`, { headers: { authorization: 'AWS' } });
  expect(await answer.text()).toBe(ANSWER);
  expect(forwarded).toEqual(['GET /store?since=0 ']);
});
