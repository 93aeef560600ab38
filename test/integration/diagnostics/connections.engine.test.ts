import type { Readiness } from '../../../shared/service/diagnostics/readiness';
import {
  accessToken,
  createOAuthClient,
  type OAuthClient,
  requestToken,
} from '../../support/oauth/token-client';
import { adminClient } from '../../support/system/admin-client';
import { clientWithKey, createDomainClient, type DomainClient } from '../../support/system/system';

const admin = adminClient();

let domain: DomainClient;
let oauth: OAuthClient;
/** The connection that the SCIM key of the domain is. */
let keyConnection: string;

beforeAll(async () => {
  domain = await createDomainClient({ ratePlan: 'gallery' });
  const { domainId } = domain;
  oauth = await createOAuthClient(domainId, 'Entra ID');
  const { body } = await admin('GET', `/domains/${domainId}/keys`);
  keyConnection = body.items[0]?.connectionId ?? '';
  // One connection sends an unknown attribute, the other one an unknown filter, and both an invalid user.
  const { request } = clientWithKey(domainId, await accessToken(oauth));
  await request('POST', '/Users', { userName: 'ada@example.com', badge: 7 });
  await request('POST', '/Users', { userName: '' });
  await domain.request('GET', '/Users?filter=badge eq "7"');
  await domain.request('POST', '/Users', { userName: '' });
  await requestToken({ ...oauth, clientSecret: 'scimsecret_wrong' });
});

const read = async <T>(path: string): Promise<T> =>
  (await admin('GET', `/domains/${domain.domainId}/${path}`)).body as unknown as T;

async function findingsOf(query = ''): Promise<Readonly<Record<string, Readiness['findings'][number]>>> {
  const { findings } = await read<Readiness>(`readiness${query}`);
  return Object.fromEntries(findings.map((finding) => [finding.code, finding]));
}

describe('readiness', () => {
  it('of a connection has the findings about its own requests and credentials', async () => {
    const ofOAuth = await findingsOf(`?connectionId=${oauth.connectionId}`);
    expect(Object.keys(ofOAuth)).toEqual(['tokens-refused', 'requests-refused', 'attributes-ignored']);
    expect(ofOAuth['tokens-refused']?.details).toMatchObject([
      { requests: 1, status: 401, connectionId: oauth.connectionId, connection: 'Entra ID' },
    ]);
    const ofKey = await findingsOf(`?connectionId=${keyConnection}`);
    expect(Object.keys(ofKey)).toEqual(['requests-refused', 'filter-attributes-unknown']);
  });

  it('of the domain names the connections', async () => {
    const findings = await findingsOf();
    expect(findings['requests-refused']?.found).toMatch(/Sent by the connections "(test|Entra ID)" and "/);
    expect(findings['attributes-ignored']?.found).toMatch(/ Sent by the connection "Entra ID"\.$/);
  });
});

it('requests and their counts are those of a connection', async () => {
  const { items } = await read<{ items: { connectionId: string; path: string }[] }>(
    `requests?connectionId=${oauth.connectionId}`,
  );
  expect(items.map(({ path }) => path)).toEqual(['/Users', '/Users']);
  expect(new Set(items.map(({ connectionId }) => connectionId))).toEqual(new Set([oauth.connectionId]));
  expect(await read(`request-counts?period=hour&connectionId=${oauth.connectionId}`)).toMatchObject({
    requests: 2,
    refused: 1,
  });
});

it('the rate usage shows how many requests each connection sent', async () => {
  const { minutes } = await read<{
    minutes: { requests: number; connections: { connectionId: string; name: string; requests: number }[] }[];
  }>('rate-usage');
  const total = new Map<string, number>();
  for (const { connections } of minutes)
    for (const { name, requests } of connections) total.set(name, (total.get(name) ?? 0) + requests);
  expect(total).toEqual(
    new Map([
      ['Entra ID', 2],
      ['test', 2],
    ]),
  );
});

it('audit events have the connection of the credential that made the change', async () => {
  const { items } = await read<{ items: { action: string; connectionId: string }[] }>(
    `audit-events?connectionId=${oauth.connectionId}`,
  );
  expect(items.map(({ action }) => action).sort()).toEqual([
    'connection.created',
    'request.refused',
    'secret.created',
    'token.refused',
    'user.created',
  ]);
  const ofKey = await read<{ items: { action: string }[] }>(`audit-events?connectionId=${keyConnection}`);
  expect(ofKey.items.map(({ action }) => action).sort()).toEqual(['key.created', 'request.refused']);
});
