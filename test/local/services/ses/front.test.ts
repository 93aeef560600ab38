import { GetSendQuotaCommand } from '@aws-sdk/client-ses';
import { GetAccountCommand, GetEmailIdentityCommand } from '@aws-sdk/client-sesv2';
import { sendWith, SesFrontRig } from './front-rig';

let rig: SesFrontRig;
beforeEach(async () => (rig = await SesFrontRig.start()));
afterEach(() => rig.close());

const send = (to: string, configurationSet?: string, from?: string) =>
  sendWith(rig.client(), to, configurationSet, from);

it('forwards an email unchanged, and publishes no events', async () => {
  expect((await send('jane@example.com')).MessageId).toBe('ses-1');
  expect(rig.forwarded).toEqual([expect.stringContaining('Gr%C3%BC%C3%9Fe%20%26%20K%C3%BCsse')]);
  expect(rig.published).toEqual([]);
});

it('publishes the events of the mailbox simulator to the configuration set', async () => {
  await send('complaint+jane@simulator.amazonses.com');
  expect(rig.published).toEqual([
    { configurationSet: 'license-mail', eventType: 'Delivery' },
    { configurationSet: 'license-mail', eventType: 'Complaint' },
  ]);
  expect(rig.forwarded).toHaveLength(1);
});

it.each([
  ['Throttling', 'Throttling'],
  ['MessageRejected', 'MessageRejected'],
  ['InternalFailure', 'InternalFailure'],
] as const)('refuses one send with %s', async (fault, name) => {
  rig.planned.add(fault, 'jane', 1);
  await send('john@example.com');
  await expect(send('jane@example.com')).rejects.toMatchObject({ name });
  await send('jane@example.com');
  expect(rig.forwarded).toHaveLength(2);
});

it('accepts an email and loses the response', async () => {
  rig.planned.add('lost-answer', '', 1);
  await expect(send('success@simulator.amazonses.com')).rejects.toThrow();
  expect(rig.forwarded).toHaveLength(1);
  expect(rig.published).toHaveLength(1);
});

it('does not respond', async () => {
  rig.planned.add('silent', '', 1);
  const requestHandler = { requestTimeout: 100, throwOnRequestTimeout: true };
  await expect(sendWith(rig.client({ requestHandler }), 'jane@example.com')).rejects.toThrow(
    /timeout|timed out/i,
  );
  expect(rig.forwarded).toEqual([]);
});

describe('the account', () => {
  it('is out of the sandbox, can send, and has verified the identities of the template', async () => {
    expect(await rig.v2().send(new GetAccountCommand({}))).toMatchObject({
      ProductionAccessEnabled: true,
      SendingEnabled: true,
    });
    const asked = new GetEmailIdentityCommand({ EmailIdentity: 'example.com' });
    expect(await rig.v2().send(asked)).toMatchObject({
      IdentityType: 'DOMAIN',
      VerifiedForSendingStatus: true,
    });
  });

  it('can be changed', async () => {
    rig.account.set({ sandbox: true, verified: false });
    expect(rig.account.set({ paused: true })).toMatchObject({ sandbox: true, paused: true, verified: false });
    expect(await rig.v2().send(new GetAccountCommand({}))).toMatchObject({
      ProductionAccessEnabled: false,
      SendingEnabled: false,
    });
    await expect(send('jane@example.com')).rejects.toMatchObject({ name: 'AccountSendingPausedException' });
  });
});

it('refuses operations that it does not emulate', async () => {
  const authorization = 'AWS4-HMAC-SHA256 Credential=LOCALHOST/20260101/us-east-1/ses/aws4_request';
  const answer = await fetch(`${rig.url}/v2/email/templates`, { headers: { authorization } });
  expect(answer.status).toBe(501);
  expect(rig.forwarded).toEqual([]);
});

it('refuses a configuration set that does not exist', async () => {
  await expect(send('jane@example.com', 'other')).rejects.toMatchObject({
    name: 'ConfigurationSetDoesNotExistException',
    message: 'Configuration set <other> does not exist.',
  });
});

it('reports the sending quota of the account', async () => {
  expect(await rig.client().send(new GetSendQuotaCommand({}))).toMatchObject({
    Max24HourSend: 50_000,
    MaxSendRate: 14,
    SentLast24Hours: 0,
  });
});
