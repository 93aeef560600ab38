import { newId } from '../../../shared/id';
import { setupLinkKey } from '../../../shared/store/table/keys';
import { systemTable } from '../../support/consistency/domain-data';
import { type AdminClient, adminClient } from '../../support/system/admin-client';
import { createDomainClient, session } from '../../support/system/system';
import {
  createSetupLink,
  type LinkParts,
  mailedCode,
  openSetupLink,
  strangerClient,
} from '../../support/system/setup-links';
import { VALID_BODIES } from './cases/admin-cases';
import { documentViolations, type Operation, OPERATIONS, operationById } from './admin-document';

const PROTECTED = OPERATIONS.filter(({ isPublic }) => !isPublic);
const WITHIN_SCOPE = PROTECTED.filter(({ allowsSetupLink }) => allowsSetupLink);
const OUTSIDE_SCOPE = PROTECTED.filter(({ allowsSetupLink }) => !allowsSetupLink);
const titled = (operations: readonly Operation[]): [string, Operation][] =>
  operations.map((each) => [each.operationId, each]);

let parameters: Record<string, string>;
/** Things of another domain, all of which exist. */
let foreign: Record<string, string>;
let link: LinkParts;
let guest: AdminClient;

const addressFor = (domainId: string, name: string): string => `${name}-${domainId}@example.com`;

beforeAll(async () => {
  const [own, other] = await Promise.all([createDomainClient({ name: 'Set up' }), createDomainClient()]);
  const { domainId } = own;
  const operator = adminClient();
  const otherUser = await other.request('POST', '/Users', { userName: `user-${other.domainId}@example.com` });
  const otherGroup = await other.request('POST', '/Groups', { displayName: 'Engineering' });
  const otherPath = `/domains/${other.domainId}`;
  const connection = await operator('POST', `${otherPath}/connections`, {
    name: 'Okta',
    identityProvider: 'okta',
  });
  const { connectionId } = connection.body as unknown as { connectionId: string };
  const otherKey = await operator('POST', `${otherPath}/keys`, { name: 'Key', connectionId });
  foreign = {
    domainId: other.domainId,
    userId: (otherUser.body as { id: string }).id,
    groupId: (otherGroup.body as { id: string }).id,
    connectionId,
    keyId: otherKey.body.key.keyId,
    credentialId: otherKey.body.key.keyId,
    linkId: (await createSetupLink(other.domainId, addressFor(other.domainId, 'it'))).linkId,
    address: `user-${other.domainId}@example.com`,
    simulationId: await newSimulation(operator, other.domainId),
  };
  const user = await own.request('POST', '/Users', { userName: `user-${domainId}@example.com` });
  const email = addressFor(domainId, 'it');
  link = await createSetupLink(domainId, email, { accountRole: 'viewer' });
  guest = adminClient(await openSetupLink(link, email));
  const keys = await guest('GET', `/domains/${domainId}/keys`);
  parameters = {
    domainId,
    userId: (user.body as { id: string }).id,
    keyId: keys.body.items[0]?.keyId ?? '',
    linkId: link.linkId,
    groupId: newId(),
    connectionId: newId(),
    administratorId: newId(),
    invitationId: newId(),
    subscriptionId: newId(),
    secretId: newId(),
    simulationId: newId(),
    address: `user-${domainId}@example.com`,
  };
});

/** Sends an operation with a valid body and valid parameters, except for the `overrides`. */
function send(call: AdminClient, { operationId, method, path }: Operation, overrides: object = {}) {
  const values: Record<string, string> = { ...parameters, ...overrides };
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const query = operationId === 'deleteDomain' ? '?name=Set up' : '';
  // The link offers this account only.
  const offered = { email: addressFor(parameters.domainId ?? '', 'it'), role: 'viewer' };
  const body = operationId === 'inviteAdministrator' ? offered : VALID_BODIES[operationId];
  return call(method, filled + query, body);
}

/** Creates a connection with a SCIM key, because some operations end one. */
async function newConnection(): Promise<Record<string, string>> {
  const { domainId } = link;
  const body = { name: 'Okta', identityProvider: 'okta' };
  const { connectionId } = (await guest('POST', `/domains/${domainId}/connections`, body)).body;
  const created = await guest('POST', `/domains/${domainId}/keys`, { name: 'Key', connectionId });
  const { keyId } = created.body.key;
  return { connectionId: String(connectionId), keyId, credentialId: keyId };
}

/** Begins a connection test. */
async function newSimulation(call: AdminClient, domainId: string): Promise<string> {
  return String((await call('POST', `/domains/${domainId}/simulations`)).body.simulationId);
}

const noDomain = (): string => `There is no domain ${foreign.domainId}.`;

describe('an open setup link', () => {
  it('is tried with things of another domain that exist', () => {
    expect(Object.values(foreign).every((id) => typeof id === 'string' && id !== '')).toBe(true);
    const own = new Set(Object.values(parameters));
    expect(Object.values(foreign).some((id) => own.has(id))).toBe(false);
  });

  it.each(titled(OUTSIDE_SCOPE))('may not use %s', async (_, each) => {
    const response = await send(guest, each);
    expect({ status: response.status, problems: documentViolations(each, response) }).toEqual({
      status: 403,
      problems: [],
    });
    expect(response.body.detail).toMatch(/^A setup link allows only/);
  });

  it.each(titled(WITHIN_SCOPE.filter(({ path }) => path.includes('{domainId}'))))(
    'receives the 404 of an unknown domain if %s is about another domain',
    async (_, each) => {
      expect(await send(guest, each, foreign)).toMatchObject({ status: 404, body: { detail: noDomain() } });
    },
  );

  it.each(titled(OUTSIDE_SCOPE.filter(({ path }) => path.includes('{domainId}'))))(
    'receives the 404 of an unknown domain if %s is about another domain, although it may not use it',
    async (_, each) => {
      expect(await send(guest, each, foreign)).toMatchObject({ status: 404, body: { detail: noDomain() } });
    },
  );

  // These change keys and connections, so they come after the operations that are refused.
  it.each(titled(WITHIN_SCOPE))('may use %s', async (_, each) => {
    const simulationId =
      each.operationId === 'endSimulation' ? await newSimulation(guest, link.domainId) : newId();
    const response = await send(guest, each, { ...(await newConnection()), simulationId });
    expect(documentViolations(each, response)).toEqual([]);
    expect(response.status).toBeLessThan(300);
  });

  it.each([
    ['another address', { email: 'other@example.com' }],
    ['another role', { role: 'owner' }],
  ])('may not invite %s', async (_, change) => {
    const { domainId } = link;
    const body = { email: addressFor(domainId, 'it'), role: 'viewer', ...change };
    const { status } = await guest('POST', `/domains/${domainId}/administrators`, body);
    expect(status).toBe(403);
  });

  it('may not read users or the audit log', () => {
    const hidden = [
      'listUsers',
      'getUser',
      'listAuditEvents',
      'exportAuditEvents',
      'listRequests',
      'getDomain',
    ];
    for (const operationId of hidden) expect(operationById(operationId).allowsSetupLink).toBe(false);
  });

  it('is the actor of its changes, and refused changes are audit events too', async () => {
    const { domainId, linkId } = link;
    const { body } = await adminClient()('GET', `/domains/${domainId}/audit-events?limit=100`);
    const events = body.items as unknown as { action: string; actor: { id: string; name: string } }[];
    const own = events.filter(({ actor }) => actor.id === `setup-link:${linkId}`);
    expect(new Set(own.map(({ actor }) => actor.name))).toEqual(new Set([addressFor(domainId, 'it')]));
    for (const action of ['key.created', 'request.refused', 'setupLink.codeRequested', 'setupLink.opened'])
      expect(own.map((event) => event.action)).toContain(action);
  });

  it('identifies itself', async () => {
    const { body } = await guest('GET', '/me');
    expect(body).toMatchObject({ kind: 'setupLink', operator: false, domains: [] });
  });
});

describe('a setup link that has ended', () => {
  const statuses = async (call: AdminClient, domainId: string) => {
    const responses = await Promise.all(PROTECTED.map((each) => send(call, each, { domainId })));
    return [...new Set(responses.map(({ status }) => status))];
  };

  it('is refused for every operation after its revocation, immediately', async () => {
    const { domainId } = await createDomainClient();
    const email = addressFor(domainId, 'revoked');
    const revoked = await createSetupLink(domainId, email);
    const call = adminClient(await openSetupLink(revoked, email));
    expect((await call('GET', `/domains/${domainId}/setup-progress`)).status).toBe(200);
    await adminClient()('DELETE', `/domains/${domainId}/setup-links/${revoked.linkId}`);
    expect(await statuses(call, domainId)).toEqual([401]);
  });

  it('is refused for every operation after its expiry', async () => {
    const { domainId } = await createDomainClient();
    const email = addressFor(domainId, 'expired');
    const expired = await createSetupLink(domainId, email);
    const call = adminClient(await openSetupLink(expired, email));
    await (
      await systemTable()
    ).update(setupLinkKey(domainId, expired.linkId), { set: { expireTime: new Date().toISOString() } });
    expect(await statuses(call, domainId)).toEqual([401]);
  });

  it('is refused with its domain', async () => {
    const { domainId } = await createDomainClient({ name: 'Gone' });
    const email = addressFor(domainId, 'gone');
    const call = adminClient(await openSetupLink(await createSetupLink(domainId, email), email));
    await adminClient()('DELETE', `/domains/${domainId}?name=Gone`);
    expect([401, 404]).toContain((await call('GET', `/domains/${domainId}/keys`)).status);
  });
});

describe('the opening of a setup link', () => {
  it('is refused in another browser', async () => {
    const { domainId, linkId, secret } = link;
    const other = strangerClient();
    const sent = await other('POST', `/setup-links/${linkId}/codes`, { domainId, secret });
    expect(sent).toMatchObject({
      status: 409,
      body: { detail: expect.stringContaining('another browser') as string },
    });
    const body = { domainId, secret, code: '000000' };
    const opened = await other('POST', `/setup-links/${linkId}/sessions`, body);
    expect({
      status: opened.status,
      problems: documentViolations(operationById('openSetupLink'), opened),
    }).toEqual({
      status: 409,
      problems: [],
    });
  });

  it('emails the code to the invited address alone, and answers a wrong secret as an unknown link', async () => {
    const { domainId } = await createDomainClient({ name: 'Mailed' });
    const email = addressFor(domainId, 'mailed');
    const { linkId, secret } = await createSetupLink(domainId, email);
    const call = strangerClient();
    const post = (id: string, of: string) =>
      call('POST', `/setup-links/${id}/codes`, { domainId, secret: of });
    const [wrong, unknown] = [await post(linkId, 'x'.repeat(43)), await post(domainId, secret)];
    expect(wrong.status).toBe(404);
    expect({ ...unknown.body, requestId: '' }).toEqual({ ...wrong.body, requestId: '' });
    const sent = await post(linkId, secret);
    expect(documentViolations(operationById('sendSetupCode'), sent)).toEqual([]);
    expect(sent).toMatchObject({ status: 202, body: { sentTo: 'm…@example.com' } });
    expect(await mailedCode(email)).toMatch(/^\d{6}$/);
  });

  it('needs no credential, and a credential makes no difference', async () => {
    const { domainId, linkId, secret } = link;
    const response = await fetch(`${session().adminUrl}/setup-links/${linkId}/codes`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: 'Bearer wrong' },
      body: JSON.stringify({ domainId, secret }),
    });
    expect(response.status).toBe(409);
  });

  it.each([
    ['a link that is no id', '/setup-links/unknown/codes', 404],
    ['a path below', '/setup-links/x/y/z', 404],
    ['no link', '/setup-links', 401],
  ])('of %s is refused', async (_, path, status) => {
    expect((await strangerClient()('POST', path, {})).status).toBe(status);
  });

  it.each([
    [{}, 'domainId'],
    [{ domainId: 'x', secret: 'x' }, 'secret'],
    [{ domainId: '', secret: '', more: '' }, 'more'],
  ])('with the body %j is refused', async (body, named) => {
    const { linkId } = link;
    const response = await strangerClient()('POST', `/setup-links/${linkId}/codes`, body);
    expect(response).toMatchObject({
      status: 400,
      body: { detail: expect.stringContaining(named) as string },
    });
  });
});
