import { DEFAULT_RATE_PLANS } from '../../../shared/limits/rate-plan';
import type { Readiness } from '../../../shared/service/diagnostics/readiness';
import { RateCounter } from '../../../shared/store/limits/rate-counter';
import { uniqueName, patchBody, userBody } from '../../support/requests/bodies';
import { sendBulk } from '../../support/requests/bulk';
import { systemTable } from '../../support/consistency/domain-data';
import { provisionUser } from '../../support/requests/provision-user';
import { expectScimError } from '../../support/requests/scim-error';
import { waitForMail } from '../../support/system/mails';
import { type DomainClient, createDomainClient, takeCapacity } from '../../support/system/system';
import { readReadiness, takeConsumption, updateSettings } from './readiness';

let healthyDomain: DomainClient;
beforeAll(async () => {
  healthyDomain = await createDomainClient();
});

describe('a healthy domain', () => {
  beforeAll(async () => {
    const { id, userName } = await provisionUser(healthyDomain);
    const group = { displayName: 'Team', members: [{ value: id }] };
    expect((await healthyDomain.request('POST', '/Groups', group)).status).toBe(201);
    await waitForMail(userName);
  });

  it('is ready and has no findings', async () => {
    const before = new Date().toISOString();
    const { checkedAt, ...rest } = await readReadiness(healthyDomain);
    expect(rest).toEqual({ ready: true, findings: [] });
    expect(before <= checkedAt && checkedAt <= new Date().toISOString()).toBe(true);
  });

  it.each(['application/json', 'application/scim+json', '*/*'])(
    'returns JSON to a client that accepts %s',
    async (accept) => {
      const response = await healthyDomain.request('GET', '/readiness', undefined, { accept });
      expect(response).toMatchObject({ status: 200, body: { ready: true } });
      expect(response.headers.get('content-type')).toBe('application/json');
      expect(response.headers.get('x-request-id')).toBeTruthy();
    },
  );

  it('supports only GET', async () => {
    const response = await healthyDomain.request('POST', '/readiness', {});
    expectScimError(response, 405);
    expect(response.headers.get('allow')).toBe('GET');
    expectScimError(await healthyDomain.request('GET', '/readiness/42'), 404);
  });
});

describe('a domain with a rate limit', () => {
  it('reports that the limit was reached and that few seats are left; the report counts as a request', async () => {
    const domain = await createDomainClient({ ratePlan: 'standard' });
    const { standard } = DEFAULT_RATE_PLANS;
    // Counts all requests of a minute, ten minutes ago.
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

    const response = await domain.request('GET', '/readiness');
    const { findings } = response.body as Readiness;
    expect(findings.map(({ code }) => code)).toEqual(['seats-almost-gone', 'rate-limit-reached']);
    expect(findings[1]?.found).toContain('in 1 minute of the last hour');
    expect(Number(response.headers.get('x-ratelimit-remaining'))).toBeLessThan(100);
    expect(response.headers.get('ratelimit')).toContain('"burst"');
  });
});

it('a refused change consumes two write units, for diagnostics and an audit event; an accepted read consumes none', async () => {
  const { path } = await provisionUser(healthyDomain, userBody(uniqueName(), { active: false }));
  await takeCapacity(healthyDomain.domainId);
  expect((await healthyDomain.request('GET', path)).status).toBe(200);
  expect(await takeConsumption(healthyDomain, /FunctionsUsers/)).toMatchObject({ read: 1, write: 0 });
  for (let at = 0; at < 2; at++) {
    expectScimError(
      await healthyDomain.request('PATCH', path, patchBody({ op: 'toggle', path: 'title', value: 1 })),
      400,
      'invalidSyntax',
    );
    expect(await takeConsumption(healthyDomain, /FunctionsUsers/)).toMatchObject({ read: 0, write: 2 });
  }
});
