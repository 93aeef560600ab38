import { APIGatewayClient, CreateApiKeyCommand } from '@aws-sdk/client-api-gateway';
import { SendEmailCommand, SESClient } from '@aws-sdk/client-ses';
import { GetAccountCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { GetParameterCommand, SSMClient } from '@aws-sdk/client-ssm';
import { Callers } from '../../../../local/cloud/callers';
import { serveEndpoint } from '../../../../local/cloud/endpoint/server';
import type { FaultKind } from '../../../../local/cloud/faults/fault';
import { Faults } from '../../../../local/cloud/faults/faults';
import { faultOperations } from '../../../../local/cloud/faults/operations';
import { type Listening, listen, readBody } from '../../../../local/host/http';
import { failKeyRequest } from '../../../../local/services/cognito/key-faults';
import { SesAccount } from '../../../../local/services/ses/account';
import { PlannedFaults } from '../../../../local/services/ses/faults';
import { serveMailFront } from '../../../../local/services/ses/front';
import { isTransientError } from '../../../../shared/retry/transient-error';
import { HANG_LIMIT_MS } from '../../../support/jest/timeouts';
import { iamOf } from '../../iam';

const ANSWER =
  '<SendEmailResponse><SendEmailResult><MessageId>1</MessageId></SendEmailResult></SendEmailResponse>';

const callers = new Callers();
const ofFunction = callers.register('App-Users', { name: 'role' } as never);
const credentials = { ...ofFunction, secretAccessKey: 'local' };
const iam = { ...iamOf(), authorize: () => undefined };
/** Ends calls that hang. */
const SHORT_MS = 200;
let requestTimeout: number;

let faults: Faults;
let endpoint: Listening;
let mailbox: Listening;
let ses: Listening;
/** The operations that were carried out. */
let carriedOut: string[];

beforeEach(async () => {
  requestTimeout = HANG_LIMIT_MS;
  faults = new Faults();
  // A call that hung in the test before may still be carried out.
  const own: string[] = [];
  carriedOut = own;
  const permission = () => ({ action: 'any:Any', resource: '*' });
  const operation = (name: string, answer: object) => ({
    permission,
    run: () => {
      own.push(name);
      return answer;
    },
  });
  endpoint = await serveEndpoint({
    ...{ callers, iam, faults },
    operations: () => ({
      aws: {
        'AmazonSSM.GetParameter': operation('GetParameter', { Parameter: { Value: 'a' } }),
        'POST apikeys': operation('CreateApiKey', { id: 'key' }),
      },
      local: Object.fromEntries(
        Object.entries(faultOperations(faults)).map(([name, run]) => [name.replace(' ', ' _local/'), run]),
      ),
    }),
  });
  mailbox = await listen((request, response) => {
    void readBody(request).then(() => {
      own.push('SendEmail');
      response.writeHead(200, { 'content-type': 'text/xml' }).end(ANSWER);
    });
  }, 0);
  const account = new SesAccount();
  account.setTemplate(['example.com'], []);
  const planned = new PlannedFaults();
  ses = await serveMailFront({
    ...{ mailUrl: mailbox.url, account, callers, planned, faults, iam },
    publish: () => undefined,
  });
});
afterEach(() => Promise.all([endpoint.close(), mailbox.close(), ses.close()]));

const common = () => ({
  ...{ region: 'us-east-1', credentials, maxAttempts: 1 },
  requestHandler: { requestTimeout, throwOnRequestTimeout: true },
});
const calls = {
  GetParameter: () =>
    new SSMClient({ ...common(), endpoint: endpoint.url }).send(new GetParameterCommand({ Name: 'a' })),
  CreateApiKey: () =>
    new APIGatewayClient({ ...common(), endpoint: endpoint.url }).send(
      new CreateApiKeyCommand({ name: 'a' }),
    ),
  SendEmail: () =>
    new SESClient({ ...common(), endpoint: ses.url }).send(
      new SendEmailCommand({
        Source: 'licenses@example.com',
        Destination: { ToAddresses: ['jane@example.com'] },
        Message: { Subject: { Data: 'a' }, Body: { Text: { Data: 'b' } } },
      }),
    ),
  GetAccount: () => new SESv2Client({ ...common(), endpoint: ses.url }).send(new GetAccountCommand({})),
} as const;

const KINDS: readonly FaultKind[] = [
  'throttling',
  'internal',
  'unavailable',
  'reset-before',
  'reset-after',
  'hang',
];
const cases = Object.keys(calls).flatMap((name) =>
  KINDS.map((kind) => [name as keyof typeof calls, kind] as const),
);

it.each(cases)('%s can fail with %s, which the product retries', async (name, kind) => {
  faults.add({ share: 1, seed: 1, kinds: [kind], times: 1 });
  if (kind === 'hang') requestTimeout = SHORT_MS;
  const error: unknown = await calls[name]().then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(isTransientError(error)).toBe(true);
  if (name === 'SendEmail' && kind === 'reset-after') expect(carriedOut).toEqual(['SendEmail']);
  if (kind === 'reset-before' || kind === 'throttling') expect(carriedOut).toEqual([]);
  requestTimeout = HANG_LIMIT_MS;
  await calls[name]();
});

it('switches faults on and off at run time', async () => {
  const control = async (method: string, query = '') =>
    (await fetch(`${endpoint.url}/_local/faults${query}`, { method })).json();
  expect(await control('POST', '?kinds=internal,hang&operation=GetParameter&times=2')).toMatchObject({
    rules: [{ share: 1, seed: 1, kinds: ['internal', 'hang'], operation: 'GetParameter', times: 2 }],
  });
  await calls.CreateApiKey();
  requestTimeout = SHORT_MS;
  await expect(calls.GetParameter()).rejects.toThrow();
  requestTimeout = HANG_LIMIT_MS;
  const injected = [{ operation: 'AmazonSSM.GetParameter', function: 'App-Users' }];
  expect(await control('GET')).toMatchObject({ injected });
  expect(await control('DELETE')).toMatchObject({ injected });
  expect(await control('GET')).toMatchObject({ rules: [], injected: [] });
  await calls.GetParameter();
});

it.each(['?kinds=unknown', '?share=2', '?times=0', '?other=1'])('refuses the rule %s', async (query) => {
  const response = await fetch(`${endpoint.url}/_local/faults${query}`, { method: 'POST' });
  expect(response.status).toBe(400);
  expect(faults.rules()).toEqual([]);
});

describe('a request for the keys of the issuer', () => {
  const answers = async (path: string, headers: Record<string, string> = {}) => {
    const server = await listen((message, response) => {
      if (!failKeyRequest(faults, message, response)) response.writeHead(200).end('keys');
    }, 0);
    faults.add({ share: 1, seed: 1, kinds: ['unavailable'] });
    const { status } = await fetch(server.url + path, { headers });
    await server.close();
    return status;
  };

  it('can fail', async () => {
    expect(await answers('/jwks')).toBe(503);
    expect(await answers('/.well-known/openid-configuration')).toBe(503);
  });

  it('never fails for a browser, and neither does a sign-in', async () => {
    expect(await answers('/jwks', { 'sec-fetch-site': 'same-origin' })).toBe(200);
    expect(await answers('/sign-in/a')).toBe(200);
  });
});
