import { FLUSH_BURST } from '../../../shared/store/limits/flush-limit';
import { expectScimError } from '../../support/requests/scim-error';
import { adminClient, idTokenFor } from '../../support/system/admin-client';
import { clientWithKey, createDomainClient, type DomainClient, session } from '../../support/system/system';

interface Reply {
  readonly status: number;
  readonly retryAfter: number;
  readonly detail: string;
}

let domain: DomainClient;
let owner: string;
beforeEach(async () => {
  domain = await createDomainClient();
  const id = `flushing-owner-of-${domain.domainId}`;
  owner = await idTokenFor({ id, roles: [`${domain.domainId}:owner`] });
});

/** Sends a request as an owner. Unlike `adminClient`, it does not wait after a 429. */
async function send(method: string, path: string, body?: object): Promise<Reply> {
  const response = await fetch(`${session().adminUrl}/domains/${domain.domainId}${path}`, {
    method,
    headers: { authorization: `Bearer ${owner}`, ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  const text = await response.text();
  const { detail = '' } = (text === '' ? {} : JSON.parse(text)) as { detail?: string };
  return { status: response.status, retryAfter: Number(response.headers.get('retry-after')), detail };
}

const isServed = async (client = domain) => (await client.request('GET', '/Users?count=0')).status === 200;

/** Repeats a request until it is refused, and returns the refusal with the number of requests before it. */
async function untilRefused(next: (at: number) => Promise<Reply>): Promise<Reply & { before: number }> {
  for (let before = 0; ; before += 1) {
    const reply = await next(before);
    if (reply.status === 429) return { ...reply, before };
    expect(reply.status).toBeLessThan(300);
  }
}

function expectRefusal({ before, retryAfter, detail }: Reply & { before: number }): void {
  // A slow run may last long enough for another one.
  expect(before).toBeGreaterThanOrEqual(FLUSH_BURST);
  expect(before).toBeLessThanOrEqual(FLUSH_BURST + 5);
  expect(retryAfter).toBeGreaterThan(0);
  expect(retryAfter).toBeLessThanOrEqual(60);
  expect(detail).toContain('Nothing was changed.');
}

it('an owner who disables and enables SCIM again and again is refused, and the switch has its last position', async () => {
  let enabled = true;
  const refusal = await untilRefused(async () => {
    const reply = await send('PATCH', '', { scimEnabled: !enabled });
    if (reply.status !== 429) {
      enabled = !enabled;
      // Each accepted switch is effective with the next request.
      expect(await isServed()).toBe(enabled);
    }
    return reply;
  });
  expectRefusal(refusal);
  expect(await isServed()).toBe(enabled);
  // What flushes nothing is allowed, and an operator is.
  expect((await send('PATCH', '', { mailDelayMinutes: 5 })).status).toBe(200);
  const operator = adminClient();
  for (const scimEnabled of [false, true]) {
    expect((await operator('PATCH', `/domains/${domain.domainId}`, { scimEnabled })).status).toBe(200);
    expect(await isServed()).toBe(scimEnabled);
  }
});

it('an owner who creates and revokes keys again and again is refused, and each revoked key is refused immediately', async () => {
  const operator = adminClient();
  const createKey = async () => {
    const { body } = await operator('POST', `/domains/${domain.domainId}/keys`, { name: 'short' });
    return { keyId: body.key.keyId, client: clientWithKey(domain.domainId, body.token) };
  };
  let key = await createKey();
  const refusal = await untilRefused(async () => {
    expect(await isServed(key.client)).toBe(true);
    const reply = await send('DELETE', `/keys/${key.keyId}`);
    if (reply.status === 429) return reply;
    expectScimError(await key.client.request('GET', '/Users?count=0'), 401);
    key = await createKey();
    return reply;
  });
  expectRefusal(refusal);
  // The refused revocation changed nothing, and the operator revokes the key.
  expect(await isServed(key.client)).toBe(true);
  expect((await operator('DELETE', `/domains/${domain.domainId}/keys/${key.keyId}`)).status).toBe(204);
  expect(await isServed(key.client)).toBe(false);
});

it('repeated requests that change nothing are limited too', async () => {
  expectRefusal(await untilRefused(() => send('PATCH', '', { scimEnabled: true })));
  expect(await isServed()).toBe(true);
});
