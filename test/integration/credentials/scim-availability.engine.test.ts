import { domainKey } from '../../../shared/store/table/keys';
import { systemTable } from '../../support/consistency/domain-data';
import { provisionUser } from '../../support/requests/provision-user';
import { replaceBody, userBody } from '../../support/requests/bodies';
import { expectScimError } from '../../support/requests/scim-error';
import { type AdminClient, adminClient, portalUserClient } from '../../support/system/admin-client';
import { waitForMail } from '../../support/system/mails';
import { createDomainClient, type DomainClient } from '../../support/system/system';

const REASON =
  'SCIM is not available to this domain. The portal page SCIM Provisioning tells its owners whom to contact.';

const operator = adminClient();
let domain: DomainClient;
let owner: AdminClient;
beforeEach(async () => {
  domain = await createDomainClient();
  owner = await portalUserClient(domain.domainId, 'owner');
});

const change = (client: AdminClient, body: object) => client('PATCH', `/domains/${domain.domainId}`, body);
const read = async (client: AdminClient) => (await client('GET', `/domains/${domain.domainId}`)).body;

/** Fails unless every kind of request is refused with 403 and the reason. */
async function expectUnavailable(path: string): Promise<void> {
  for (const [method, target, body] of [
    ['GET', path],
    ['GET', '/ServiceProviderConfig'],
    ['GET', '/Schemas'],
    ['GET', '/readiness'],
    ['POST', '/Users', userBody()],
    ['PATCH', path, replaceBody('active', false)],
    ['DELETE', path],
    ['POST', '/Bulk', { Operations: [] }],
  ] as const) {
    const response = await domain.request(method, target, body);
    expectScimError(response, 403);
    expect(response.body).toMatchObject({ detail: REASON });
  }
}

describe('a domain to which SCIM is not available', () => {
  it('is refused immediately with 403 and the reason, although the authorizer has granted its key', async () => {
    const user = await provisionUser(domain);
    expect((await domain.request('GET', user.path)).status).toBe(200);
    expect((await change(operator, { scimAvailable: false })).body).toMatchObject({ scimAvailable: false });
    await expectUnavailable(user.path);
    expect((await change(operator, { scimAvailable: true })).status).toBe(200);
    expect(await domain.request('GET', user.path)).toMatchObject({ status: 200, body: { active: true } });
  });

  it('differs from a domain whose owner has switched SCIM off', async () => {
    await change(operator, { scimAvailable: false });
    expect((await change(owner, { scimEnabled: false })).status).toBe(200);
    await expectUnavailable('/Users/x');
    expect((await change(owner, { scimEnabled: true })).status).toBe(200);
    await expectUnavailable('/Users/x');
    await change(owner, { scimEnabled: false });
    await change(operator, { scimAvailable: true });
    const response = await domain.request('GET', '/Users');
    expectScimError(response, 403);
    expect((response.body as { detail: string }).detail).toContain('disabled');
  });

  it('still returns 401 for an invalid key', async () => {
    await change(operator, { scimAvailable: false });
    const headers = { authorization: `Bearer ${domain.scimKey.slice(0, -20)}x` };
    expectScimError(await domain.request('GET', '/Users', undefined, headers), 401);
  });

  it('keeps its users, licenses, and emails, and its administrators can end a license', async () => {
    const user = await provisionUser(domain);
    const address = `${domain.domainId}@example.com`;
    const emails = [{ value: address, primary: true }];
    const mailed = await domain.request('POST', '/Users', { ...userBody(address), emails });
    await change(operator, { scimAvailable: false });
    expect(await waitForMail(address)).toHaveLength(1);
    const { id } = mailed.body as { id: string };
    expect((await owner('POST', `/domains/${domain.domainId}/users/${id}/deactivate`)).status).toBe(200);
    expect(await waitForMail(address, 2)).toHaveLength(2);
    expect((await owner('GET', `/domains/${domain.domainId}/users/${user.id}`)).status).toBe(200);
    expect(await read(owner)).toMatchObject({ counts: { users: 2, activeLicenses: 1 } });
  });

  it('is reported by readiness', async () => {
    const codes = async () => {
      const { body } = await owner('GET', `/domains/${domain.domainId}/readiness`);
      return (body.findings as { code: string }[]).map(({ code }) => code);
    };
    expect(await codes()).not.toContain('scim-unavailable');
    await change(operator, { scimAvailable: false });
    expect(await codes()).toContain('scim-unavailable');
  });
});

describe('the setting scimAvailable', () => {
  it('is read by owners, and changed only by operators', async () => {
    expect(await read(owner)).toMatchObject({ scimAvailable: true, scimEnabled: true });
    for (const scimAvailable of [true, false]) {
      const response = await change(owner, { scimAvailable, name: 'Mine' });
      expect(response.status).toBe(403);
      expect(response.body.detail).toContain('scimAvailable');
    }
    await change(operator, { scimAvailable: false });
    expect(await read(owner)).toMatchObject({ scimAvailable: false, name: 'Test' });
    expect((await change(owner, { scimAvailable: true })).status).toBe(403);
    expect((await change(operator, { scimAvailable: 'no' })).status).toBe(400);
    expect(await read(owner)).toMatchObject({ scimAvailable: false });
  });

  it('can be set when a domain is created', async () => {
    const { status, body } = await operator('POST', '/domains', { name: 'Later', scimAvailable: false });
    expect(status).toBe(201);
    expect(body).toMatchObject({ scimAvailable: false, scimEnabled: true });
  });

  it('has an audit event with the values before and after', async () => {
    await change(operator, { scimAvailable: false });
    await change(operator, { scimAvailable: false });
    const { body } = await owner('GET', `/domains/${domain.domainId}/audit-events?action=domain.updated`);
    expect(body.items).toMatchObject([
      { changes: [{ attribute: 'scimAvailable', before: true, after: false }] },
    ]);
  });

  it('is true for a domain that the previous version stored', async () => {
    const table = await systemTable();
    const item = await table.get(domainKey(domain.domainId));
    const { scimAvailable, ...previous } = item ?? {};
    expect(scimAvailable).toBe(true);
    await table.transact([{ put: { ...previous, ...domainKey(domain.domainId) } }]);
    expect(await read(owner)).toMatchObject({ scimAvailable: true });
    expect((await domain.request('GET', '/Users')).status).toBe(200);
    expect((await change(owner, { name: 'Renamed' })).status).toBe(200);
    expect((await domain.request('GET', '/Users')).status).toBe(200);
    await change(operator, { scimAvailable: false });
    expectScimError(await domain.request('GET', '/Users'), 403);
  });
});
