import { parseToken } from '../../../shared/credentials/scim-key';
import { simulationKey } from '../../../shared/store/table/keys';
import { systemTable } from '../../support/consistency/domain-data';
import { expectScimError } from '../../support/requests/scim-error';
import { bodyOf, simulatedName, startSimulation } from '../../support/simulator/started';
import { adminClient, portalUserClient } from '../../support/system/admin-client';
import { createDomainClient, type DomainClient } from '../../support/system/system';

let domain: DomainClient;
beforeAll(async () => (domain = await createDomainClient()));

const user = (userName = simulatedName()) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName,
});

it('lives ten minutes, and ends immediately when the test ends', async () => {
  const startedAt = Date.now();
  const { client, expireTime, end } = await startSimulation(domain.domainId);
  const lifeMs = Date.parse(expireTime) - startedAt;
  expect(lifeMs).toBeGreaterThan(9 * 60_000);
  expect(lifeMs).toBeLessThan(11 * 60_000);
  expect((await client.request('GET', '/Users?count=1')).status).toBe(200);
  expect(await end()).toBe(204);
  expect((await client.request('GET', '/Users?count=1')).status).toBe(401);
  // A repeated call flushes the cache again.
  expect(await end()).toBe(204);
});

it('is refused after its time, also by a response of the authorizer that is cached', async () => {
  const { client } = await startSimulation(domain.domainId);
  const table = await systemTable();
  await table.update(simulationKey(domain.domainId), {
    set: { expireTime: new Date(Date.now() - 1_000).toISOString() },
  });
  expect((await client.request('GET', '/Users?count=1')).status).toBe(401);
});

it('ends when another test of the domain begins, which leaves only one item', async () => {
  const first = await startSimulation(domain.domainId);
  const second = await startSimulation(domain.domainId);
  expect((await first.client.request('GET', '/Users?count=1')).status).toBe(401);
  expect(await first.end()).toBe(404);
  expect((await second.client.request('GET', '/Users?count=1')).status).toBe(200);
  expect(await second.end()).toBe(204);
});

it('is not a connection, and not in the list of keys', async () => {
  const { simulationId } = await startSimulation(domain.domainId);
  const admin = adminClient();
  for (const list of ['keys', 'connections'])
    expect(JSON.stringify((await admin('GET', `/domains/${domain.domainId}/${list}`)).body)).not.toContain(
      simulationId,
    );
});

it('belongs to owners, and to one domain', async () => {
  const viewer = await portalUserClient(domain.domainId, 'viewer');
  expect((await viewer('POST', `/domains/${domain.domainId}/simulations`)).status).toBe(403);
  const other = await createDomainClient();
  const { token, client } = await startSimulation(other.domainId);
  expect(parseToken(token)?.domainId).toBe(other.domainId);
  const created = await client.request('POST', '/Users', user());
  expect(created.status).toBe(201);
  const { client: here } = await startSimulation(domain.domainId);
  expectScimError(await here.request('DELETE', `/Users/${bodyOf(created).id}`), 404);
});

it('reports nothing in the readiness of the domain', async () => {
  const { domainId } = await createDomainClient();
  const { client } = await startSimulation(domainId);
  await client.request('POST', '/Users', { ...user(), unknownAttribute: 1 });
  await client.request('POST', '/Users', { ...user(), timezone: 'Mars/Olympus' });
  const { body } = await adminClient()('GET', `/domains/${domainId}/readiness`);
  expect(JSON.stringify(body)).not.toMatch(/unknownAttribute|invalidValue|Mars/);
});
