import { adminClient, idTokenFor } from '../../support/system/admin-client';
import { createDomainClient } from '../../support/system/system';

it('a portal user whose subject looks like `operator` has neither the rights nor the audit events of the admin token', async () => {
  const { domainId } = await createDomainClient();
  const user = adminClient(await idTokenFor({ id: 'Operator', roles: [`${domainId}:owner`] }));
  expect((await user('GET', '/me')).body).toMatchObject({ id: 'user:Operator', operator: false });
  expect((await user('POST', '/domains', { name: 'Mine' })).status).toBe(403);
  expect((await user('PATCH', `/domains/${domainId}`, { scimEnabled: false })).status).toBe(200);
  const actorsFor = async (actor: string) =>
    (await adminClient()('GET', `/domains/${domainId}/audit-events?actor=${actor}`)).body.items.map(
      ({ action }) => action,
    );
  expect(await actorsFor('user:Operator')).toEqual(['domain.updated']);
  expect(await actorsFor('operator')).not.toContain('domain.updated');
});
