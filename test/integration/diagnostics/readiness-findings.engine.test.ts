import { randomUUID } from 'node:crypto';
import type { FindingCode } from '../../../shared/service/diagnostics/finding';
import { credentialRecord } from '../../support/store/records';
import { storeKey } from '../../support/store/store-key';
import { uniqueName, patchBody, replaceBody, userBody } from '../../support/requests/bodies';
import { createGroupOperation, sendBulk } from '../../support/requests/bulk';
import { systemTable } from '../../support/consistency/domain-data';
import { provisionUser } from '../../support/requests/provision-user';
import { expectScimError } from '../../support/requests/scim-error';
import { waitForMail } from '../../support/system/mails';
import {
  type DomainClient,
  createDomainClient,
  OPERATOR,
  scimKeyAdmin,
  session,
  takeCapacity,
} from '../../support/system/system';
import { eventually } from '../../support/jest/timeouts';
import { readReadiness, takeConsumption, updateSettings } from './readiness';

const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

async function findingOf(domain: DomainClient, code: FindingCode) {
  const { findings } = await readReadiness(domain);
  return findings.find((finding) => finding.code === code);
}

let domainWithProblems: DomainClient;
beforeAll(async () => {
  domainWithProblems = await createDomainClient();
});

describe('the readiness of a domain with problems', () => {
  it('reports keys that expire soon, have expired, or are unused', async () => {
    const keys = await scimKeyAdmin();
    const { domainId } = domainWithProblems;
    await keys.createScimKey(domainId, { name: 'ending', expireTime: inDays(9.5) }, OPERATOR);
    const ended = credentialRecord(randomUUID(), {
      name: 'ended',
      createdAt: inDays(-9),
      expireTime: inDays(-1),
    });
    await storeKey(await systemTable(), domainId, ended);
    const { findings } = await readReadiness(domainWithProblems);
    expect(findings.map(({ code }) => code)).toEqual(['key-expires-soon', 'key-expired', 'key-unused']);
    expect(findings[0]?.found).toContain('"ending"');
    expect(findings[0]?.found).toContain('10 days');
    expect(JSON.stringify(findings)).not.toContain('"hash"');
  });

  it('reports ignored attributes with the client that sends them', async () => {
    const oktaHeaders = { 'user-agent': 'Okta SCIM Client 1.0.0' };
    const body = userBody(uniqueName(), { active: false, badge: 7, name: { initials: 'AL' } });
    expect((await domainWithProblems.request('POST', '/Users', body, oktaHeaders)).status).toBe(201);
    expect(await findingOf(domainWithProblems, 'attributes-ignored')).toMatchObject({
      severity: 'info',
      link: `${session().portalUrl}/help/readiness#attributes-ignored`,
      details: expect.arrayContaining([
        expect.objectContaining({
          attribute: 'badge',
          resourceType: 'User',
          userAgent: oktaHeaders['user-agent'],
        }),
        expect.objectContaining({ attribute: 'name.initials' }),
      ]) as unknown[],
    });
  });

  it('reports ignored attributes after another domain has sent very many', async () => {
    const many = Object.fromEntries(Array.from({ length: 1_000 }, (_, at) => [`custom${at}`, 'x']));
    const [flooding, other] = [await createDomainClient(), await createDomainClient()];
    await provisionUser(flooding, userBody(uniqueName(), { active: false, ...many }));
    await provisionUser(other, userBody(uniqueName(), { active: false, badge: 7 }));
    expect(await findingOf(other, 'attributes-ignored')).toMatchObject({ details: [{ attribute: 'badge' }] });
  });

  it('reports unknown attributes in filters, with the client and a suggestion', async () => {
    const headers = { 'user-agent': 'Okta SCIM Client 1.0.0' };
    for (const path of ['/Users?filter=', '/Groups?filter=', '/?filter=']) {
      const filter = encodeURIComponent('emial eq "ada@example.com" or displayName eq "x"');
      const found = await domainWithProblems.request('GET', `${path}${filter}`, undefined, headers);
      expect(found.body).toMatchObject({ totalResults: 0 });
    }
    expect(await findingOf(domainWithProblems, 'filter-attributes-unknown')).toMatchObject({
      severity: 'warning',
      link: `${session().portalUrl}/help/readiness#filter-attributes-unknown`,
      details: expect.arrayContaining([
        expect.objectContaining({
          attribute: 'emial',
          resourceType: 'User',
          suggestion: 'emails',
          userAgent: headers['user-agent'],
        }),
        expect.objectContaining({ attribute: 'emial', resourceType: 'User or Group' }),
      ]) as unknown[],
    });
  });

  it('reports unknown members', async () => {
    const unknown = [{ value: randomUUID() }, { value: randomUUID() }];
    const group = await domainWithProblems.request('POST', '/Groups', {
      displayName: 'Team',
      members: unknown,
    });
    const { id } = group.body as { id: string };
    await domainWithProblems.request(
      'PATCH',
      `/Groups/${id}`,
      patchBody({ op: 'add', path: 'members', value: unknown }),
    );
    expect(await findingOf(domainWithProblems, 'members-left-out')).toMatchObject({
      found: expect.stringMatching(/^4 members of 1 group were skipped/) as string,
      details: [{ groupId: id, leftOut: 4 }],
    });
  });

  it('reports refused requests by kind of error, including operations of bulks', async () => {
    const entraHeaders = { 'user-agent': 'Microsoft-Scim/1' };
    // A request that leaves a user inactive is not refused because of a path that cannot be read.
    const { path } = await provisionUser(domainWithProblems);
    const unreadable = patchBody({ op: 'add', path: 'a b', value: 1 });
    for (let at = 0; at < 2; at++)
      expectScimError(
        await domainWithProblems.request('PATCH', path, unreadable, entraHeaders),
        400,
        'invalidPath',
      );
    expectScimError(await domainWithProblems.request('GET', '/Printers', undefined, entraHeaders), 404);
    await sendBulk(domainWithProblems, [
      createGroupOperation('a', 'Team'),
      createGroupOperation('b', 'Team'),
      createGroupOperation('c', 'Team'),
    ]);
    // These errors are normal and are not reported.
    expectScimError(await domainWithProblems.request('GET', `/Users/${randomUUID()}`), 404);
    expectScimError(
      await domainWithProblems.request('PATCH', path, replaceBody('title', 'x'), { 'if-match': 'W/"9"' }),
      412,
    );

    // The seats of other tests are counted, so this user gives up its own.
    expect((await domainWithProblems.request('DELETE', path)).status).toBe(204);
    const finding = await findingOf(domainWithProblems, 'requests-refused');
    expect(finding?.details).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          requests: 2,
          method: 'PATCH',
          route: '/Users/{id}',
          status: 400,
          scimType: 'invalidPath',
          userAgent: entraHeaders['user-agent'],
          detail: expect.stringContaining('"a b" cannot be read') as string,
        }),
        expect.objectContaining({ requests: 1, method: 'GET', route: '/{proxy+}', status: 404 }),
        expect.objectContaining({ requests: 3, method: 'POST', route: '/Groups', scimType: 'uniqueness' }),
      ]) as unknown,
    );
    expect(finding?.details?.filter(({ status }) => status === 404)).toHaveLength(1);
  });

  it('reports undeliverable addresses and bounced emails', async () => {
    const bouncing = `bounce+${randomUUID()}@simulator.amazonses.com`;
    const undeliverableUser = await provisionUser(
      domainWithProblems,
      userBody(uniqueName(), { emails: [{ value: 'ada@exa%mple.com' }] }),
    );
    await provisionUser(domainWithProblems, userBody(uniqueName(), { emails: [{ value: bouncing }] }));
    expect(await findingOf(domainWithProblems, 'addresses-undeliverable')).toMatchObject({
      details: [{ userId: undeliverableUser.id, address: 'ada@exa%mple.com' }],
    });
    await eventually(
      'the bounce and the refused email in readiness',
      async () => {
        const [bounced, undeliverable] = await Promise.all([
          findingOf(domainWithProblems, 'addresses-bounced'),
          findingOf(domainWithProblems, 'addresses-undeliverable'),
        ]);
        return (
          bounced?.details?.[0]?.address === bouncing &&
          typeof undeliverable?.details?.[0]?.reason === 'string'
        );
      },
      200,
    );
    const corrected = patchBody({ op: 'replace', path: 'emails', value: [{ value: uniqueName() }] });
    expect((await domainWithProblems.request('PATCH', undeliverableUser.path, corrected)).status).toBe(200);
    expect(await findingOf(domainWithProblems, 'addresses-undeliverable')).toBeUndefined();
  });

  it('reports full seats and pending licenses', async () => {
    await updateSettings(domainWithProblems, { seats: 2, seatPolicy: 'wait' });
    expect(await findingOf(domainWithProblems, 'seats-gone')).toMatchObject({
      severity: 'warning',
      found: expect.stringMatching(/^2 of 2 seats are taken\./) as string,
    });
    const { id } = await provisionUser(domainWithProblems);
    expect(await findingOf(domainWithProblems, 'licenses-pending')).toMatchObject({
      details: [{ userId: id }],
    });
    await updateSettings(domainWithProblems, { seatPolicy: 'refuse' });
    expect(await findingOf(domainWithProblems, 'seats-gone')).toMatchObject({ severity: 'error' });
  });

  it('lists the most severe findings first, and is not ready', async () => {
    const { ready, findings } = await readReadiness(domainWithProblems);
    expect(ready).toBe(false);
    const severities = findings.map(({ severity }) => severity);
    expect(severities).toEqual([...severities].sort((a, b) => 'ewi'.indexOf(a[0]!) - 'ewi'.indexOf(b[0]!)));
    expect(findings.length).toBeGreaterThanOrEqual(9);
    for (const { action } of findings) {
      expect(action).toMatch(/^(Operator|Owner of the domain|Administrator of the identity provider): /);
    }
  });

  it('has no findings of another domain, and another domain has none of its findings', async () => {
    const otherDomain = await createDomainClient();
    const { userName } = await provisionUser(otherDomain);
    await waitForMail(userName);
    expectScimError(await otherDomain.request('POST', '/readiness', {}), 405);
    expectScimError(await otherDomain.request('GET', '/readiness/42'), 404);
    expect(await readReadiness(otherDomain)).toMatchObject({ findings: [{ code: 'requests-refused' }] });
    const [refused] = (await readReadiness(otherDomain)).findings;
    expect(refused?.details).toHaveLength(2);
    expect(JSON.stringify(refused)).not.toContain('Microsoft');
    expect(await readReadiness(await createDomainClient())).toMatchObject({ ready: true, findings: [] });
  });

  it('consumes little capacity, and reads no users or groups', async () => {
    await takeCapacity(domainWithProblems.domainId);
    await readReadiness(domainWithProblems);
    const { read, write, partitions } = await takeConsumption(domainWithProblems, /Readiness/);
    expect(partitions.length).toBeGreaterThan(5);
    expect(partitions.filter((pk) => /#(USER|GROUP|NAME|MAIL|AUDIT)(#|$)/.test(pk))).toEqual([]);
    expect(read).toBeLessThan(20);
    expect(write).toBe(0);
  });
});
