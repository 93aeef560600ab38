import { APIGatewayClient, GetApiKeysCommand, GetUsagePlanKeysCommand } from '@aws-sdk/client-api-gateway';
import type { Deployment } from '../../../shared/deployment';
import { UsageKeys, type UsageKey } from '../../../shared/gateway/usage-keys';
import { newId } from '../../../shared/id';
import type { RatePlanName } from '../../../shared/rate-plan';
import { DomainAdmin, openDomainAdmin } from '../../../shared/service/domains/domain-admin';
import type { AuditEvent } from '../../../shared/store/audit/audit';
import { DeletedDomains } from '../../../shared/store/domains/deleted-domains';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { auditPartition, DEPLOYMENT } from '../../../shared/store/table/keys';
import type { Table } from '../../../shared/store/table/table';
import { systemTable } from '../../support/consistency/domain-data';
import {
  clientWithKey,
  deployment,
  createDomainClient,
  OPERATOR,
  scimKeyAdmin,
} from '../../support/system/system';
import { queryItems, RETENTION_DAYS } from '../../support/store/records';

let deployedParts: Deployment;
let table: Table;
let admin: DomainAdmin;
let gateway: APIGatewayClient;

beforeAll(async () => {
  table = await systemTable();
  deployedParts = await deployment();
  admin = openDomainAdmin(deployedParts);
  gateway = new APIGatewayClient({});
});

const create = (name = 'Example') => admin.createDomain({ name }, OPERATOR);
const update = (domainId: string, settings: Parameters<DomainAdmin['updateDomain']>[1]) =>
  admin.updateDomain(domainId, settings, OPERATOR);

/** The ids of a domain's usage keys. */
async function usageKeysOf(domainId: string): Promise<string[]> {
  const { items = [] } = await gateway.send(
    new GetApiKeysCommand({ nameQuery: `scim-${domainId}`, limit: 500 }),
  );
  return items.map(({ id }) => id ?? '');
}

async function keysOnPlan(plan: RatePlanName): Promise<(string | undefined)[]> {
  const { items = [] } = await gateway.send(
    new GetUsagePlanKeysCommand({ usagePlanId: deployedParts.usagePlanIds[plan], limit: 500 }),
  );
  return items.map(({ id }) => id);
}

async function eventsOf(domainId: string): Promise<AuditEvent[]> {
  const events = (await queryItems(table, auditPartition(domainId))) as unknown as AuditEvent[];
  return events.filter(({ action }) => action.startsWith('domain.'));
}

/** API Gateway as it is, but for what `given` does instead. */
const gatewayWith = (given: Partial<UsageKeys>): UsageKeys =>
  Object.assign(new UsageKeys(deployedParts), given);

const domainsWith = (given: Partial<DomainStore>): DomainStore =>
  Object.assign(new DomainStore(table, RETENTION_DAYS), given);

const adminWith = (usageKeys: UsageKeys, domains = new DomainStore(table, RETENTION_DAYS)) =>
  new DomainAdmin(domains, new DeletedDomains(table), usageKeys, () => new Date());

const rejectUnreachable = () => Promise.reject(new Error('unreachable'));

describe('createDomain', () => {
  it('switches SCIM on, on the plan that was asked for, and says who made it', async () => {
    const domain = await admin.createDomain({ name: ' Example ', ratePlan: 'gallery' }, OPERATOR);
    expect(domain).toMatchObject({ name: 'Example', scimEnabled: true, ratePlan: 'gallery', version: 1 });
    expect(await admin.getDomain(domain.domainId)).toEqual(domain);
    expect(await keysOnPlan('gallery')).toContain(domain.usageKeyId);
    expect(await eventsOf(domain.domainId)).toMatchObject([
      { action: 'domain.created', resourceId: domain.domainId, actor: OPERATOR, at: domain.createdAt },
    ]);
  });

  it('takes all settings', async () => {
    const settings = { scimEnabled: false, ratePlan: 'unmetered', mailDelayMinutes: 60 } as const;
    const seats = { seats: 50, seatPolicy: 'wait' } as const;
    const domain = await admin.createDomain({ name: 'Example', ...settings, ...seats }, OPERATOR);
    expect(domain).toMatchObject(settings);
    expect(domain).not.toHaveProperty('seats');
    expect(await admin.getCounts(domain.domainId)).toMatchObject({ ...seats, activeLicenses: 0 });
  });

  it.each([
    { name: '' },
    { name: 'a\nb' },
    { name: 'Example', mailDelayMinutes: -1 },
    { name: 'Example', seats: -1 },
    { name: 'Example', seats: 1.5 },
    { name: 'Example', seats: 100_000_001 },
  ])('refuses %j before anything is made', async (input) => {
    const usageKeys = gatewayWith({ create: rejectUnreachable });
    await expect(adminWith(usageKeys).createDomain(input, OPERATOR)).rejects.toMatchObject({
      name: 'AdminError',
      problem: 'invalid',
    });
  });

  it('leaves no usage key behind where the domain cannot be written', async () => {
    let made: UsageKey | undefined;
    const usageKeys = new UsageKeys(deployedParts);
    const noted = gatewayWith({ create: async (...args) => (made = await usageKeys.create(...args)) });
    const failing = domainsWith({ create: rejectUnreachable });
    await expect(adminWith(noted, failing).createDomain({ name: 'Example' }, OPERATOR)).rejects.toThrow();
    expect(made).toBeDefined();
    expect(await usageKeys.isOnPlan(made?.id ?? '', 'standard')).toBe(false);
  });

  it('keeps the usage key of a domain of which only the answer was lost', async () => {
    const domains = new DomainStore(table, RETENTION_DAYS);
    let domainId = '';
    const losing = domainsWith({
      create: async (domain, ...rest) => {
        ({ domainId } = domain);
        await domains.create(domain, ...rest);
        throw new Error('lost');
      },
    });
    const failing = adminWith(new UsageKeys(deployedParts), losing);
    await expect(failing.createDomain({ name: 'Example' }, OPERATOR)).rejects.toThrow('lost');
    expect(await usageKeysOf(domainId)).toEqual([(await admin.getDomain(domainId)).usageKeyId]);
  });

  it('leaves no usage key behind where there is no such plan', async () => {
    const astray = new UsageKeys({
      ...deployedParts,
      usagePlanIds: { ...deployedParts.usagePlanIds, standard: 'none' },
    });
    const domainId = newId();
    await expect(astray.create(domainId, 'standard')).rejects.toMatchObject({ name: 'NotFoundException' });
    expect(await usageKeysOf(domainId)).toEqual([]);
  });
});

describe('updateDomain', () => {
  it('changes what it is given in one change, with one event that tells it before and after', async () => {
    const { domainId } = await create();
    const changed = await update(domainId, { name: 'New', scimEnabled: false, mailDelayMinutes: 30 });
    expect(changed).toMatchObject({ name: 'New', scimEnabled: false, mailDelayMinutes: 30, version: 2 });
    expect(await admin.getDomain(domainId)).toEqual(changed);
    expect((await eventsOf(domainId))[1]).toMatchObject({
      action: 'domain.updated',
      actor: OPERATOR,
      changes: [
        { attribute: 'name', before: 'Example', after: 'New' },
        { attribute: 'scimEnabled', before: true, after: false },
        { attribute: 'mailDelayMinutes', before: 0, after: 30 },
      ],
    });
  });

  it('sets the seats with the rest, and tells them before and after', async () => {
    const { domainId } = await create();
    await update(domainId, { seats: 10 });
    await update(domainId, { name: 'New', seats: 5, seatPolicy: 'wait' });
    expect(await admin.getCounts(domainId)).toMatchObject({ seats: 5, seatPolicy: 'wait' });
    await update(domainId, { seats: null });
    expect(await admin.getCounts(domainId)).not.toHaveProperty('seats');
    const [, ...events] = await eventsOf(domainId);
    expect(events.map(({ changes }) => changes)).toEqual([
      [{ attribute: 'seats', after: 10 }],
      [
        { attribute: 'name', before: 'Example', after: 'New' },
        { attribute: 'seats', before: 10, after: 5 },
        { attribute: 'seatPolicy', before: 'refuse', after: 'wait' },
      ],
      [{ attribute: 'seats', before: 5 }],
    ]);
  });

  it('writes nothing where nothing changes', async () => {
    const domain = await create();
    expect(await update(domain.domainId, { name: 'Example', ratePlan: 'standard' })).toEqual(domain);
    expect(await update(domain.domainId, { name: undefined, ratePlan: undefined })).toEqual(domain);
    expect(await eventsOf(domain.domainId)).toHaveLength(1);
    expect(await usageKeysOf(domain.domainId)).toEqual([domain.usageKeyId]);
  });

  it('loses nothing of what ten administrators change at once', async () => {
    const { domainId } = await create();
    const many = Array.from({ length: 5 }, (_, at) => at);
    const outcomes = await Promise.allSettled([
      ...many.map((at) => update(domainId, { name: `Name ${at}` })),
      ...many.map((at) => update(domainId, { mailDelayMinutes: at + 1 })),
    ]);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ problem: 'conflict' });
    const done = outcomes.filter(({ status }) => status === 'fulfilled').length;
    const [, ...events] = (await eventsOf(domainId)).sort((one, other) => (one.at < other.at ? -1 : 1));
    expect(events).toHaveLength(done);
    expect((await admin.getDomain(domainId)).version).toBe(done + 1);
    // Each change began with what another one had ended with.
    for (const attribute of ['name', 'mailDelayMinutes'] as const) {
      const changes = events.flatMap(({ changes = [] }) =>
        changes.filter((one) => one.attribute === attribute),
      );
      const befores = changes.map(({ before }) => before).sort();
      const afters = changes.map(({ after }) => after);
      const last = (await admin.getDomain(domainId))[attribute];
      const first = attribute === 'name' ? 'Example' : 0;
      expect(befores).toEqual([first, ...afters.filter((after) => after !== last)].sort());
    }
  });

  it('refuses what is not valid, and changes nothing', async () => {
    const domain = await create();
    await expect(update(domain.domainId, { scimEnabled: false, mailDelayMinutes: 10_081 })).rejects.toThrow(
      /10080/,
    );
    await expect(update(domain.domainId, { name: 'x'.repeat(101) })).rejects.toThrow(/1 to 100/);
    expect(await admin.getDomain(domain.domainId)).toEqual(domain);
  });
});

describe('a change of the rate plan', () => {
  const limitOf = async (client: Awaited<ReturnType<typeof createDomainClient>>) => {
    const answer = await client.request('GET', '/ServiceProviderConfig');
    return [answer.status, answer.headers.get('x-ratelimit-limit')];
  };

  it('holds with the next request, while requests go on all the time', async () => {
    const domain = await createDomainClient({ ratePlan: 'unmetered' });
    expect(await limitOf(domain)).toEqual([200, null]);
    let isChanged = false;
    const statuses = new Set<number>();
    const traffic = (async () => {
      while (!isChanged) statuses.add((await domain.request('GET', '/Users?count=0')).status);
    })();
    await update(domain.domainId, { ratePlan: 'gallery' });
    isChanged = true;
    await traffic;
    expect([...statuses]).toEqual([200]);
    expect(await limitOf(domain)).toEqual([200, '1500']);
  });

  it('gives the domain a usage key of that plan in place of the old one', async () => {
    const before = await create();
    const after = await update(before.domainId, { ratePlan: 'gallery' });
    expect(after.usageKeyId).not.toBe(before.usageKeyId);
    expect(await usageKeysOf(before.domainId)).toEqual([after.usageKeyId]);
    expect(await keysOnPlan('gallery')).toContain(after.usageKeyId);
    expect(await keysOnPlan('standard')).not.toContain(before.usageKeyId);
    expect((await eventsOf(before.domainId))[1]?.changes).toEqual([
      { attribute: 'ratePlan', before: 'standard', after: 'gallery' },
    ]);
  });

  it('that fails before the domain is written has changed nothing', async () => {
    const before = await create();
    const failing = adminWith(gatewayWith({ create: rejectUnreachable }));
    await expect(failing.updateDomain(before.domainId, { ratePlan: 'gallery' }, OPERATOR)).rejects.toThrow();
    expect(await admin.getDomain(before.domainId)).toEqual(before);
  });

  it('that dies after the domain is written is finished by the same command', async () => {
    const domain = await createDomainClient({ ratePlan: 'unmetered' });
    expect(await limitOf(domain)).toEqual([200, null]);
    const dying = adminWith(gatewayWith({ flushAuthorizerCache: rejectUnreachable }));
    await expect(dying.updateDomain(domain.domainId, { ratePlan: 'gallery' }, OPERATOR)).rejects.toThrow();
    // The old key is there still: what the authorizer said before holds on.
    expect(await limitOf(domain)).toEqual([200, null]);
    await update(domain.domainId, { ratePlan: 'gallery' });
    expect(await limitOf(domain)).toEqual([200, '1500']);
    expect(await eventsOf(domain.domainId)).toHaveLength(2);
  });

  it('tidies up keys that commands left behind which died, but not those of commands under way', async () => {
    const { domainId } = await create();
    await new UsageKeys(deployedParts).create(domainId, 'gallery');
    const after = await update(domainId, { ratePlan: 'unmetered' });
    expect(await usageKeysOf(domainId)).toHaveLength(2);
    await new UsageKeys(deployedParts).deleteAll(domainId, {
      kept: after.usageKeyId,
      madeAfter: new Date(Date.now() + 60_000),
    });
    expect(await usageKeysOf(domainId)).toEqual([after.usageKeyId]);
  });

  it('to the plan that it is on puts a key that was lost back', async () => {
    const domain = await createDomainClient({ ratePlan: 'unmetered' });
    const { usageKeyId } = await admin.getDomain(domain.domainId);
    await new UsageKeys(deployedParts).delete(usageKeyId);
    expect((await limitOf(domain))[0]).toBe(403);
    await update(domain.domainId, { ratePlan: 'unmetered' });
    expect((await limitOf(domain))[0]).toBe(200);
  });
});

describe('deleteDomain', () => {
  it('wants the name typed again', async () => {
    const domain = await create('Example Inc');
    await expect(admin.deleteDomain(domain.domainId, 'Example', OPERATOR)).rejects.toThrow(
      'The domain is named "Example Inc", not "Example". Type its name to delete it with all its users.',
    );
    expect(await admin.getDomain(domain.domainId)).toEqual(domain);
  });

  it('lets nobody in any more, takes the usage key away, and leaves an event that outlives the domain', async () => {
    const domain = await createDomainClient({ name: 'Gone' });
    expect((await domain.request('GET', '/Users?count=0')).status).toBe(200);
    const deleted = await admin.deleteDomain(domain.domainId, 'Gone', OPERATOR);
    expect(deleted).toMatchObject({ domainId: domain.domainId, name: 'Gone' });
    expect((await domain.request('GET', '/Users?count=0')).status).toBe(401);
    expect(await usageKeysOf(domain.domainId)).toEqual([]);
    await expect(admin.getDomain(domain.domainId)).rejects.toMatchObject({ problem: 'notFound' });
    const events = (await queryItems(table, auditPartition(DEPLOYMENT))) as unknown as AuditEvent[];
    expect(events.find(({ resourceId }) => resourceId === domain.domainId)).toMatchObject({
      action: 'domain.deleted',
      actor: OPERATOR,
      changes: expect.arrayContaining([{ attribute: 'name', before: 'Gone' }]) as unknown,
    });
  });

  it('that dies after the domain is gone is finished by the same command, with the same guard', async () => {
    const domain = await createDomainClient({ name: 'Gone' });
    expect((await domain.request('GET', '/Users?count=0')).status).toBe(200);
    const dying = adminWith(gatewayWith({ flushAuthorizerCache: rejectUnreachable }));
    await expect(dying.deleteDomain(domain.domainId, 'Gone', OPERATOR)).rejects.toThrow('unreachable');
    await expect(admin.deleteDomain(domain.domainId, 'Other', OPERATOR)).rejects.toThrow(/named "Gone"/);
    await admin.deleteDomain(domain.domainId, 'Gone', OPERATOR);
    await admin.deleteDomain(domain.domainId, 'Gone', OPERATOR);
    expect((await domain.request('GET', '/Users?count=0')).status).toBe(401);
    expect(await usageKeysOf(domain.domainId)).toEqual([]);
    const events = (await queryItems(table, auditPartition(DEPLOYMENT))) as unknown as AuditEvent[];
    expect(events.filter(({ resourceId }) => resourceId === domain.domainId)).toHaveLength(1);
  });

  it('and a change at the same time end in a deleted domain without a usage key', async () => {
    const { domainId } = await create();
    await Promise.allSettled([
      update(domainId, { ratePlan: 'gallery' }),
      admin.deleteDomain(domainId, 'Example', OPERATOR),
    ]);
    await admin.deleteDomain(domainId, 'Example', OPERATOR);
    await expect(admin.getDomain(domainId)).rejects.toThrow();
    expect(await usageKeysOf(domainId)).toEqual([]);
  });

  it('makes its keys worthless, and none can be made any more', async () => {
    const { domainId } = await create();
    const keys = await scimKeyAdmin();
    const { token } = await keys.createScimKey(domainId, { name: 'Okta' }, OPERATOR);
    await admin.deleteDomain(domainId, 'Example', OPERATOR);
    expect((await clientWithKey(domainId, token).request('GET', '/Users')).status).toBe(401);
    await expect(keys.createScimKey(domainId, { name: 'Okta' }, OPERATOR)).rejects.toThrow(/no domain/);
  });
});

describe('the list of domains', () => {
  it('is paged, and has those that were deleted apart', async () => {
    const [one, two] = [await create('One'), await create('Two')];
    const { domains } = await admin.listDomains(100, one.domainId);
    expect(domains).toContainEqual({ domainId: two.domainId, name: 'Two' });
    await admin.deleteDomain(two.domainId, 'Two', OPERATOR);
    const rest = await admin.listDomains(100, one.domainId);
    expect(rest.domains.map(({ domainId }) => domainId)).not.toContain(two.domainId);
    const { domains: deleted } = await admin.listDeletedDomains(100, one.domainId);
    expect(deleted).toContainEqual(expect.objectContaining({ domainId: two.domainId, name: 'Two' }));
  });
});

describe('a domain that there is not', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['getDomain', () => admin.getDomain('nobody')],
    ['updateDomain', () => update('nobody', { scimEnabled: false })],
    ['deleteDomain', () => admin.deleteDomain('nobody', 'Example', OPERATOR)],
  ])('is told by %s in a sentence that names it', async (_, act) => {
    await expect(act()).rejects.toMatchObject({
      name: 'AdminError',
      problem: 'notFound',
      message: expect.stringContaining('nobody') as string,
    });
  });
});
