import type { APIGatewayProxyEvent } from 'aws-lambda';
import { noteRefusedClient } from '../../../shared/http/requests/request-client';
import { recordRequests } from '../../../shared/http/requests/record-requests';
import { RequestRecorder } from '../../../shared/http/requests/request-recorder';
import { RequestSampler } from '../../../shared/http/requests/request-sampler';
import { recordRefusedCredential } from '../../../shared/http/requests/refused-credential';
import { timeOfId } from '../../../shared/id';
import { ScimError } from '../../../shared/scim/error';
import type { OperationCounts, RequestRecord } from '../../../shared/store/requests/request-record';
import { apiEvent, PRINCIPAL, RECEIVED_AT, runMiddleware } from '../../support/requests/api-events';

let now: number;
let written: { domainId: string; record: RequestRecord }[];
let failures: unknown[];
let write: () => Promise<void>;
let recorder: RequestRecorder;

beforeEach(() => {
  now = RECEIVED_AT;
  written = [];
  failures = [];
  write = () => Promise.resolve();
  recorder = new RequestRecorder({
    log: () => ({
      record: async (domainId, record) => {
        await write();
        written.push({ domainId, record });
      },
    }),
    sampler: new RequestSampler(),
    now: () => now,
    onFailed: (error) => failures.push(error),
  });
});

const send = (
  event: APIGatewayProxyEvent,
  response: { status: number; body?: object },
  operations?: OperationCounts,
) => {
  const recording = recordRequests(recorder, () => now);
  return runMiddleware([recording], event, () => {
    now += 42;
    recording.noteOperations(event, operations);
    return { statusCode: response.status, body: JSON.stringify(response.body ?? {}) };
  });
};

describe('a request of a domain', () => {
  it('is recorded with its error, and without the values that the client sent', async () => {
    const query = { filter: 'userName eq "jane@example.org"' };
    const { body } = ScimError.invalidFilter('The filter cannot compare userName with "jane@example.org".');
    await send(apiEvent({ method: 'GET', path: '/Users', query }), { status: 400, body });
    expect(written).toEqual([
      {
        domainId: PRINCIPAL.domainId,
        record: {
          id: expect.any(String) as string,
          outcome: 'refused',
          method: 'GET',
          path: '/Users',
          query: 'filter=userName eq "…"',
          status: 400,
          scimType: 'invalidFilter',
          reason: 'The filter cannot compare userName with "…".',
          milliseconds: 42,
          keyId: PRINCIPAL.keyId,
          keyName: PRINCIPAL.keyName,
          connectionId: PRINCIPAL.keyId,
          client: 'okta',
          userAgent: 'Okta',
          requestId: 'request-1',
          others: 0,
        },
      },
    ]);
    expect(timeOfId(written[0]?.record.id ?? '')).toEqual(new Date(RECEIVED_AT));
  });

  it('is recorded without a reason if it is accepted', async () => {
    await send(apiEvent({ method: 'POST', path: '/Users', body: '{}' }), {
      status: 201,
      body: { detail: 'secret' },
    });
    expect(written[0]?.record).toMatchObject({ outcome: 'accepted', method: 'POST', status: 201 });
    expect(JSON.stringify(written)).not.toContain('secret');
  });

  it('counts as refused if it is a bulk of which an operation failed', async () => {
    const bulk = (failed: number) =>
      send(apiEvent({ method: 'POST', path: '/Bulk', body: '{}' }), { status: 200 }, { total: 3, failed });
    await bulk(0);
    await bulk(2);
    expect(written.map(({ record }) => [record.outcome, record.operations])).toEqual([
      ['accepted', { total: 3, failed: 0 }],
      ['refused', { total: 3, failed: 2 }],
    ]);
  });

  it('is recorded if it threw an error that another middleware turned into a response', async () => {
    const recording = recordRequests(recorder, () => now);
    const toResponse = {
      onError: (request: { response: unknown }) => {
        request.response = { statusCode: 503, body: JSON.stringify(ScimError.unavailable('Busy.', 1).body) };
      },
    };
    await runMiddleware([recording, toResponse], apiEvent(), () => {
      throw new Error('down');
    });
    expect(written[0]?.record).toMatchObject({ outcome: 'refused', status: 503, reason: 'Busy.' });
  });
});

it('samples the requests of each connection on its own', async () => {
  const from = (connectionId: string) =>
    send(apiEvent({ authorizer: { ...PRINCIPAL, connectionId } }), { status: 200 });
  for (let request = 0; request < 30; request++) await from('busy');
  await from('quiet');
  const requestsOf = (connectionId: string) =>
    written
      .filter(({ record }) => record.connectionId === connectionId)
      .reduce((sum, { record }) => sum + 1 + record.others, 0);
  expect([requestsOf('busy'), requestsOf('quiet')]).toEqual([30, 1]);
});

it('does not record a request whose domain is unknown', async () => {
  await send(apiEvent({ authorizer: null }), { status: 401 });
  expect(written).toEqual([]);
});

it('records a request that is refused because of the key of a known domain', async () => {
  const event = apiEvent({ authorizer: null });
  noteRefusedClient(event, {
    domainId: 'd',
    keyId: 'k',
    keyName: 'Entra ID',
    reason: 'The SCIM key has expired.',
  });
  await send(event, { status: 401, body: ScimError.unauthorized('Send a valid key.').body });
  expect(written).toMatchObject([
    { domainId: 'd', record: { reason: 'The SCIM key has expired.', keyId: 'k' } },
  ]);
});

it('records what the authorizer refuses, with the method and the path of its ARN', async () => {
  const record = recordRefusedCredential(recorder, () => now);
  const arn = 'arn:aws:execute-api:us-east-1:123456789012:abcdef/scim/GET/v2/Users/jane%40example.org';
  await record(arn, undefined, 401);
  await record(arn, { domainId: 'd', keyId: 'k', keyName: 'Entra ID', reason: 'SCIM is disabled.' }, 403);
  expect(written).toMatchObject([
    {
      domainId: 'd',
      record: { method: 'GET', path: '/Users/…', status: 403, client: 'entra-id', others: 0 },
    },
  ]);
});

describe('a table that fails', () => {
  const refuse = (at = RECEIVED_AT, domainId: string = PRINCIPAL.domainId) => {
    now = at;
    return send(apiEvent({ authorizer: { ...PRINCIPAL, domainId } }), { status: 400 });
  };

  it('does not fail the request, and is left alone for ten seconds', async () => {
    let attempts = 0;
    write = () => {
      attempts++;
      return Promise.reject(new Error('The table is down.'));
    };
    expect(await refuse()).toMatchObject({ statusCode: 400 });
    await refuse();
    expect({ attempts, failures }).toEqual({ attempts: 1, failures: [new Error('The table is down.')] });
    write = () => Promise.resolve();
    await refuse(RECEIVED_AT + 11_000);
    expect(written.map(({ record }) => record.others)).toEqual([2]);
  });

  it('for one domain does not pause the records of others', async () => {
    write = () => Promise.reject(new Error('The partition is throttled.'));
    await refuse();
    write = () => Promise.resolve();
    await refuse(RECEIVED_AT + 1, 'other');
    await refuse(RECEIVED_AT + 2);
    expect(written.map(({ domainId }) => domainId)).toEqual(['other']);
  });
});
