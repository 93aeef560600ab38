import { randomUUID } from 'node:crypto';
import { DEFAULT_RATE_PLANS } from '../../../shared/rate-plan';
import type { FindingCode } from '../../../shared/service/diagnostics/finding';
import type { Readiness } from '../../../shared/service/diagnostics/readiness';
import type { DomainSettings } from '../../../shared/service/domains/domain-settings';
import { RateCounter } from '../../../shared/store/limits/rate-counter';
import { ScimKeyStore } from '../../../shared/store/credentials/scim-key-store';
import { auditEvent, RETENTION_DAYS } from '../../support/store/records';
import { uniqueName, patchBody, replaceBody, userBody } from '../../support/requests/bodies';
import { createGroupOperation, sendBulk } from '../../support/requests/bulk';
import { systemTable } from '../../support/consistency/domain-data';
import { provisionUser } from '../../support/requests/provision-user';
import { expectScimError } from '../../support/requests/scim-error';
import {
  type DomainClient,
  domainAdmin,
  createDomainClient,
  OPERATOR,
  scimKeyAdmin,
  takeCapacity,
  waitForMail,
} from '../../support/system/system';
import { eventually } from '../../support/jest/timeouts';

const DAY_MS = 86_400_000;
const inDays = (days: number): string => new Date(Date.now() + days * DAY_MS).toISOString();

async function readReadiness({ request }: DomainClient): Promise<Readiness> {
  const answer = await request('GET', '/readiness');
  expect(answer.status).toBe(200);
  return answer.body as Readiness;
}

async function findingOf(domain: DomainClient, code: FindingCode) {
  const { findings } = await readReadiness(domain);
  return findings.find((finding) => finding.code === code);
}

const updateSettings = async ({ domainId }: DomainClient, settings: DomainSettings): Promise<void> =>
  void (await (await domainAdmin()).updateDomain(domainId, settings, OPERATOR));

let healthyDomain: DomainClient;
let domainWithProblems: DomainClient;
beforeAll(async () => {
  [healthyDomain, domainWithProblems] = await Promise.all([createDomainClient(), createDomainClient()]);
});

describe('a healthy domain', () => {
  beforeAll(async () => {
    const { id, userName } = await provisionUser(healthyDomain);
    const group = { displayName: 'Team', members: [{ value: id }] };
    expect((await healthyDomain.request('POST', '/Groups', group)).status).toBe(201);
    await waitForMail(userName);
  });

  it('is ready: there is nothing to be found', async () => {
    const before = new Date().toISOString();
    const { checkedAt, ...rest } = await readReadiness(healthyDomain);
    expect(rest).toEqual({ ready: true, findings: [] });
    expect(before <= checkedAt && checkedAt <= new Date().toISOString()).toBe(true);
  });

  it.each(['application/json', 'application/scim+json', '*/*'])(
    'says so in JSON to who accepts %s',
    async (accept) => {
      const answer = await healthyDomain.request('GET', '/readiness', undefined, { accept });
      expect(answer).toMatchObject({ status: 200, body: { ready: true } });
      expect(answer.headers.get('content-type')).toBe('application/json');
      expect(answer.headers.get('x-request-id')).toBeTruthy();
    },
  );

  it('can be asked in no other way', async () => {
    const answer = await healthyDomain.request('POST', '/readiness', {});
    expectScimError(answer, 405);
    expect(answer.headers.get('allow')).toBe('GET');
    expectScimError(await healthyDomain.request('GET', '/readiness/42'), 404);
  });
});

describe('a domain in which something went wrong', () => {
  it('tells of keys that end soon, have ended, or are not used', async () => {
    const keys = await scimKeyAdmin();
    const { domainId } = domainWithProblems;
    await keys.createScimKey(domainId, { name: 'ending', expireTime: inDays(9.5) }, OPERATOR);
    const ended = {
      keyId: randomUUID(),
      name: 'ended',
      hash: 'h',
      createdAt: inDays(-9),
      expireTime: inDays(-1),
    };
    const audit = auditEvent('key.created', ended.keyId);
    await new ScimKeyStore(await systemTable()).create(domainId, ended, audit, RETENTION_DAYS);
    const { findings } = await readReadiness(domainWithProblems);
    expect(findings.map(({ code }) => code)).toEqual(['key-expires-soon', 'key-expired', 'key-unused']);
    expect(findings[0]?.found).toContain('"ending"');
    expect(findings[0]?.found).toContain('10 days');
    expect(JSON.stringify(findings)).not.toContain('"hash"');
  });

  it('tells of attributes that are ignored, with who sends them', async () => {
    const okta = { 'user-agent': 'Okta SCIM Client 1.0.0' };
    const body = userBody(uniqueName(), { active: false, badge: 7, name: { initials: 'AL' } });
    expect((await domainWithProblems.request('POST', '/Users', body, okta)).status).toBe(201);
    expect(await findingOf(domainWithProblems, 'attributes-ignored')).toMatchObject({
      severity: 'info',
      link: 'docs/readiness.md#attributes-ignored',
      details: expect.arrayContaining([
        expect.objectContaining({ attribute: 'badge', resourceType: 'User', userAgent: okta['user-agent'] }),
        expect.objectContaining({ attribute: 'name.initials' }),
      ]) as unknown[],
    });
  });

  it('tells of members that were left out', async () => {
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

  it('tells of requests that were refused, by what was wrong with them, those of bulks too', async () => {
    const entra = { 'user-agent': 'Microsoft-Scim/1' };
    const { path } = await provisionUser(domainWithProblems, userBody(uniqueName(), { active: false }));
    const unreadable = patchBody({ op: 'add', path: 'a b', value: 1 });
    for (let at = 0; at < 2; at++)
      expectScimError(await domainWithProblems.request('PATCH', path, unreadable, entra), 400, 'invalidPath');
    expectScimError(await domainWithProblems.request('GET', '/Printers', undefined, entra), 404);
    await sendBulk(domainWithProblems, [
      createGroupOperation('a', 'Team'),
      createGroupOperation('b', 'Team'),
      createGroupOperation('c', 'Team'),
    ]);
    // None of these says that anything is wrong.
    expectScimError(await domainWithProblems.request('GET', `/Users/${randomUUID()}`), 404);
    expectScimError(
      await domainWithProblems.request('PATCH', path, replaceBody('title', 'x'), { 'if-match': 'W/"9"' }),
      412,
    );

    const finding = await findingOf(domainWithProblems, 'requests-refused');
    expect(finding?.details).toEqual(
      expect.arrayContaining([
        expect.objectContaining({
          requests: 2,
          method: 'PATCH',
          route: '/Users/{id}',
          status: 400,
          scimType: 'invalidPath',
          userAgent: entra['user-agent'],
          detail: expect.stringContaining('"a b" cannot be read') as string,
        }),
        expect.objectContaining({ requests: 1, method: 'GET', route: '/{proxy+}', status: 404 }),
        expect.objectContaining({ requests: 3, method: 'POST', route: '/Groups', scimType: 'uniqueness' }),
      ]) as unknown,
    );
    expect(finding?.details?.filter(({ status }) => status === 404)).toHaveLength(1);
  });

  it('tells of addresses that no mail can go to, or came back from', async () => {
    const bouncing = `bounce+${randomUUID()}@simulator.amazonses.com`;
    const nowhere = await provisionUser(
      domainWithProblems,
      userBody(uniqueName(), { emails: [{ value: 'ada@exa%mple.com' }] }),
    );
    await provisionUser(domainWithProblems, userBody(uniqueName(), { emails: [{ value: bouncing }] }));
    expect(await findingOf(domainWithProblems, 'addresses-undeliverable')).toMatchObject({
      details: [{ userId: nowhere.id, address: 'ada@exa%mple.com' }],
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
    expect((await domainWithProblems.request('PATCH', nowhere.path, corrected)).status).toBe(200);
    expect(await findingOf(domainWithProblems, 'addresses-undeliverable')).toBeUndefined();
  });

  it('tells of seats, and of those who wait for one', async () => {
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

  it('tells the severest first, and is not ready', async () => {
    const { ready, findings } = await readReadiness(domainWithProblems);
    expect(ready).toBe(false);
    const severities = findings.map(({ severity }) => severity);
    expect(severities).toEqual([...severities].sort((a, b) => 'ewi'.indexOf(a[0]!) - 'ewi'.indexOf(b[0]!)));
    expect(findings.length).toBeGreaterThanOrEqual(9);
    for (const { action } of findings) {
      expect(action).toMatch(/^(Operator|License administrator|Administrator of the identity provider): /);
    }
  });

  it('tells nothing of another domain, and another tells nothing of it', async () => {
    expect(await readReadiness(healthyDomain)).toMatchObject({ findings: [{ code: 'requests-refused' }] });
    const [refused] = (await readReadiness(healthyDomain)).findings;
    // What the tests above asked of it in vain, and nothing else.
    expect(refused?.details).toHaveLength(2);
    expect(JSON.stringify(refused)).not.toContain('Microsoft');
    expect(await readReadiness(await createDomainClient())).toMatchObject({ ready: true, findings: [] });
  });
});

describe('a domain with a rate limit', () => {
  it('tells that it was reached, and that seats are almost gone; asking counts like any request', async () => {
    const domain = await createDomainClient({ ratePlan: 'standard' });
    const { standard } = DEFAULT_RATE_PLANS;
    // Ten minutes ago, all requests of a minute.
    const limit = { ...standard!, perTenSeconds: standard!.perMinute };
    await new RateCounter(await systemTable()).count(
      domain.domainId,
      limit,
      new Date(Date.now() - 600_000),
      100,
    );
    await updateSettings(domain, { seats: 10 });
    const users = Array.from({ length: 9 }, (_, at) => ({
      method: 'POST',
      path: '/Users',
      bulkId: `u${at}`,
      data: userBody(),
    }));
    await sendBulk(domain, users);

    const answer = await domain.request('GET', '/readiness');
    const { findings } = answer.body as Readiness;
    expect(findings.map(({ code }) => code)).toEqual(['seats-almost-gone', 'rate-limit-reached']);
    expect(findings[1]?.found).toContain('in 1 minute of the last hour');
    expect(Number(answer.headers.get('x-ratelimit-remaining'))).toBeLessThan(100);
    expect(answer.headers.get('ratelimit')).toContain('"burst"');
  });
});

describe('what it costs', () => {
  const consumed = async (domain: DomainClient, fn: RegExp) => {
    const records = (await takeCapacity(domain.domainId)).filter((record) => fn.test(record.function));
    return {
      read: records.reduce((sum, { read }) => sum + read, 0),
      write: records.reduce((sum, { write }) => sum + write, 0),
      partitions: records.flatMap(({ partitionKeys }) => partitionKeys),
    };
  };

  it('is nothing more for a request that is accepted, and two write units for a change that is refused: a notice and an audit event', async () => {
    const { path } = await provisionUser(healthyDomain, userBody(uniqueName(), { active: false }));
    await takeCapacity(healthyDomain.domainId);
    expect((await healthyDomain.request('GET', path)).status).toBe(200);
    expect(await consumed(healthyDomain, /FunctionsUsers/)).toMatchObject({ read: 1, write: 0 });
    for (let at = 0; at < 2; at++) {
      expectScimError(
        await healthyDomain.request('PATCH', path, patchBody({ op: 'add', path: 'a b', value: 1 })),
        400,
        'invalidPath',
      );
      expect(await consumed(healthyDomain, /FunctionsUsers/)).toMatchObject({ read: 0, write: 2 });
    }
  });

  it('is little to ask for, and no user or group is read for it', async () => {
    await takeCapacity(domainWithProblems.domainId);
    await readReadiness(domainWithProblems);
    const { read, write, partitions } = await consumed(domainWithProblems, /Readiness/);
    expect(partitions.length).toBeGreaterThan(5);
    expect(partitions.filter((pk) => /#(USER|GROUP|NAME|MAIL|AUDIT)/.test(pk))).toEqual([]);
    expect(read).toBeLessThan(20);
    expect(write).toBe(0);
  });
});
