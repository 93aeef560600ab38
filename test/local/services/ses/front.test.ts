import { GetSendQuotaCommand, SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { GetAccountCommand, GetEmailIdentityCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { Callers } from '../../../../local/cloud/callers';
import { type Listening, listen, readBody } from '../../../../local/host/http';
import { SesAccount } from '../../../../local/services/ses/account';
import { Faults } from '../../../../local/services/ses/faults';
import { serveMailFront } from '../../../../local/services/ses/front';
import { ADMINISTRATOR, iamOf } from '../../iam';
import { resolved } from '../../resources';

const ANSWER =
  '<SendEmailResponse xmlns="http://ses.amazonaws.com/doc/2010-12-01/"><SendEmailResult><MessageId>ses-1</MessageId>' +
  '</SendEmailResult></SendEmailResponse>';
const SETTINGS = {
  region: 'us-east-1',
  credentials: ADMINISTRATOR,
  maxAttempts: 1,
};

const iam = iamOf();
let viewer: Listening;
let front: Listening;
let account: SesAccount;
let callers: Callers;
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
  account.setTemplate(['example.com'], ['license-mail']);
  faults = new Faults();
  callers = new Callers();
  front = await serveMailFront({
    mailUrl: viewer.url,
    account,
    callers,
    faults,
    iam,
    publish: (configurationSet, { eventType }) => published.push({ configurationSet, eventType }),
  });
  ses = new SESClient({ ...SETTINGS, endpoint: front.url });
});

afterEach(async () => {
  ses.destroy();
  await front.close();
  await viewer.close();
});

const send = (
  to: string,
  ConfigurationSetName: string | undefined = 'license-mail',
  Source = 'licenses@example.com',
) =>
  ses.send(
    new SendEmailCommand({
      Source,
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

  it('is out of the sandbox, can send, and has verified the identities of the template', async () => {
    expect(await v2().send(new GetAccountCommand({}))).toMatchObject({
      ProductionAccessEnabled: true,
      SendingEnabled: true,
    });
    const asked = new GetEmailIdentityCommand({ EmailIdentity: 'example.com' });
    expect(await v2().send(asked)).toMatchObject({
      IdentityType: 'DOMAIN',
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

it('refuses operations that it does not emulate', async () => {
  const authorization = 'AWS4-HMAC-SHA256 Credential=LOCALHOST/20260101/us-east-1/ses/aws4_request';
  const answer = await fetch(`${front.url}/v2/email/templates`, { headers: { authorization } });
  expect(answer.status).toBe(501);
  expect(forwarded).toEqual([]);
});

describe('identities', () => {
  const rejected = (...addresses: string[]) => ({
    name: 'MessageRejected',
    message:
      'Email address is not verified. The following identities failed the check in region US-EAST-1: ' +
      addresses.join(', '),
  });

  it.each([
    ['licenses@example.com', 'the domain'],
    ['Licenses <licenses@mail.example.com>', 'a subdomain'],
    ['licenses@EXAMPLE.com', 'the domain in any case'],
    ['licenses@example.net', 'an address of its own'],
  ])('%s may send because of %s', async (from) => {
    account.verify('licenses@example.net');
    expect((await send('jane@example.org', undefined, from)).MessageId).toBe('ses-1');
  });

  it.each(['licenses@example.org', 'other@example.net', 'a@notexample.com'])(
    '%s may not send',
    async (from) => {
      account.verify('licenses@example.net');
      await expect(send('jane@example.com', undefined, from)).rejects.toMatchObject(rejected(from));
      expect(forwarded).toEqual([]);
    },
  );

  it('may not send while they are not verified', async () => {
    account.set({ verified: false });
    await expect(send('jane@example.com')).rejects.toMatchObject(rejected('licenses@example.com'));
  });

  it('are checked for recipients too in the sandbox, except for the mailbox simulator', async () => {
    account.set({ sandbox: true });
    await expect(send('jane@example.org')).rejects.toMatchObject(rejected('jane@example.org'));
    account.verify('jane@example.org');
    await send('jane@example.org');
    await send('bounce@simulator.amazonses.com');
    expect(forwarded).toHaveLength(2);
  });

  it('are not found if nothing has created them', async () => {
    const v2 = new SESv2Client({ ...SETTINGS, endpoint: front.url });
    const asked = v2.send(new GetEmailIdentityCommand({ EmailIdentity: 'example.org' }));
    await expect(asked).rejects.toMatchObject({ name: 'NotFoundException' });
  });
});

it('refuses a configuration set that does not exist', async () => {
  await expect(send('jane@example.com', 'other')).rejects.toMatchObject({
    name: 'ConfigurationSetDoesNotExistException',
    message: 'Configuration set <other> does not exist.',
  });
});

describe('a function', () => {
  /** Sends as a function whose role has one statement. */
  async function sendAs(statement: object, to = 'jane@example.org'): Promise<unknown> {
    const document = (own: object) => ({ Version: '2012-10-17', Statement: { Effect: 'Allow', ...own } });
    iam.load(
      resolved({
        Role: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: document({
              Action: 'sts:AssumeRole',
              Principal: { Service: 'lambda.amazonaws.com' },
            }),
            Policies: [{ PolicyName: 'Own', PolicyDocument: document(statement) }],
          },
        },
      }),
    );
    const role = iam.roleOf('fn', 'arn:aws:iam::000000000000:role/App-Role');
    const credentials = { secretAccessKey: 'local', ...callers.register('fn', role) };
    ses = new SESClient({ ...SETTINGS, credentials, endpoint: front.url });
    return send(to);
  }

  const ARN = 'arn:aws:ses:us-east-1:000000000000';
  const GRANT = {
    Action: 'ses:SendEmail',
    Resource: [`${ARN}:identity/*`, `${ARN}:configuration-set/license-mail`],
    Condition: { StringEquals: { 'ses:FromAddress': 'licenses@example.com' } },
  };
  const denied = (resource: string) => ({
    name: 'AccessDenied',
    message:
      "User `arn:aws:sts::000000000000:assumed-role/App-Role/fn' is not authorized to perform `ses:SendEmail' " +
      `on resource \`${ARN}:${resource}'`,
    $metadata: expect.objectContaining({ httpStatusCode: 403 }) as object,
  });

  it('may send what its role allows', async () => {
    expect(await sendAs(GRANT)).toMatchObject({ MessageId: 'ses-1' });
  });

  it.each([
    ['the identity', { Resource: `${ARN}:configuration-set/*` }, 'identity/example.com'],
    ['the configuration set', { Resource: `${ARN}:identity/*` }, 'configuration-set/license-mail'],
    [
      'the sender',
      { Condition: { StringEquals: { 'ses:FromAddress': 'other@example.com' } } },
      'identity/example.com',
    ],
  ])('needs a permission for %s', async (_, own, resource) => {
    await expect(sendAs({ ...GRANT, ...own })).rejects.toMatchObject(denied(resource));
    expect(forwarded).toEqual([]);
  });

  it('needs a permission for the identity of the recipient in the sandbox', async () => {
    account.set({ sandbox: true });
    account.verify('jane@example.org');
    const narrow = [`${ARN}:identity/example.com`, `${ARN}:configuration-set/*`];
    await expect(sendAs({ ...GRANT, Resource: narrow })).rejects.toMatchObject(
      denied('identity/jane@example.org'),
    );
    expect(await sendAs(GRANT)).toMatchObject({ MessageId: 'ses-1' });
  });
});

it('reports the sending quota of the account', async () => {
  expect(await ses.send(new GetSendQuotaCommand({}))).toMatchObject({
    Max24HourSend: 50_000,
    MaxSendRate: 14,
    SentLast24Hours: 0,
  });
});
