import { patchBody } from '../../support/requests/bodies';
import { readDomain } from '../../support/consistency/domain-data';
import { eventually } from '../../support/jest/timeouts';
import { feedUntil, subscribe } from '../../support/events/feed';
import { bodyOf, simulatedName, startSimulation } from '../../support/simulator/started';
import { adminClient } from '../../support/system/admin-client';
import { listMailsByAddress, waitForMail } from '../../support/system/mails';
import { createDomainClient, domainAdmin, OPERATOR } from '../../support/system/system';
import { provisionUser } from '../../support/requests/provision-user';

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User';
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group';
const userBody = (userName = simulatedName()) => ({
  schemas: [USER],
  userName,
  emails: [{ value: userName, type: 'work', primary: true }],
});

it('an active test user takes no seat, gets no license and no email, and makes no event', async () => {
  const domain = await createDomainClient();
  const { domainId } = domain;
  await (await domainAdmin()).updateDomain(domainId, { seats: 1 }, OPERATOR);
  await subscribe(domainId);
  const { client } = await startSimulation(domainId);
  const names = [simulatedName(), simulatedName()];
  const ids: string[] = [];
  for (const name of names) {
    const created = await client.request('POST', '/Users', userBody(name));
    expect([created.status, bodyOf(created).active]).toEqual([201, true]);
    ids.push(bodyOf(created).id);
  }
  const members = ids.map((value) => ({ value }));
  const group = await client.request('POST', '/Groups', {
    schemas: [GROUP],
    displayName: simulatedName(),
    members,
  });
  expect(bodyOf(group).members).toHaveLength(2);
  for (const active of [false, true]) {
    const changed = await client.request(
      'PATCH',
      `/Users/${ids[0]}`,
      patchBody({ op: 'replace', value: { active } }),
    );
    expect(bodyOf(changed).active).toBe(active);
  }
  const remove = patchBody({ op: 'remove', path: 'members', value: members.slice(1) });
  expect((await client.request('PATCH', `/Groups/${bodyOf(group).id}`, remove)).status).toBe(200);
  expect((await readDomain(domainId)).licenses.length).toBe(0);
  expect((await adminClient()('GET', `/domains/${domainId}`)).body).toMatchObject({
    counts: { activeLicenses: 0, users: 2 },
  });

  // The only seat is still free. The event and the email of a real user come after everything of the test
  // users.
  const real = await provisionUser(domain);
  const email = bodyOf(await domain.request('GET', real.path)).emails[0]?.value ?? '';
  await waitForMail(email);
  const events = await feedUntil(domainId, ({ type }) => type === 'license.activated');
  // On a slow machine, the creation of the domain and its key may be events, too.
  const resources = events.filter(({ type }) => /^(user|group|license)\./.test(type));
  expect(new Set(resources.map(({ subject }) => subject.id))).toEqual(new Set([real.id]));
  const mails = await listMailsByAddress();
  expect(names.flatMap((name) => mails.get(name) ?? [])).toEqual([]);

  for (const id of ids) expect((await client.request('DELETE', `/Users/${id}`)).status).toBe(204);
  expect((await client.request('DELETE', `/Groups/${bodyOf(group).id}`)).status).toBe(204);
  expect((await readDomain(domainId)).licenses.length).toBe(1);
});

it('mappings give a test user nothing, and a verification finds nothing wrong', async () => {
  const domain = await createDomainClient();
  const { domainId } = domain;
  const admin = adminClient();
  const { client } = await startSimulation(domainId);
  expect((await client.request('POST', '/Users', userBody())).status).toBe(201);
  await provisionUser(domain);
  const mappings = [
    {
      from: { kind: 'group', by: 'displayName', value: 'staff' },
      to: { kind: 'organization', organization: 'Research', role: 'member' },
    },
  ];
  const organizations = [{ name: 'Research', roles: ['member'] }];
  const changed = await admin('PUT', `/domains/${domainId}/mappings`, {
    version: 0,
    mappings,
    organizations,
  });
  expect(changed.status).toBe(200);
  await eventually('the evaluation', async () => {
    const { body } = await admin('GET', `/domains/${domainId}/mappings`);
    return (body.evaluation as { finishedAt?: string } | undefined)?.finishedAt !== undefined;
  });
  // This request knows that the domain has mappings.
  const { client: later } = await startSimulation(domainId);
  const created = await later.request('POST', '/Users', userBody());
  expect(created.status).toBe(201);
  await provisionUser(domain);
  const { users, licenses } = await readDomain(domainId);
  expect([users.length, licenses.length]).toEqual([4, 2]);
  const verified = await admin('POST', `/domains/${domainId}/verify-items`, { scan: false });
  expect(verified.body).toMatchObject({ problems: [] });
});
