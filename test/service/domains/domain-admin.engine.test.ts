import { UsageKeys, type UsageKey } from '../../../shared/gateway/usage-keys';
import { newId } from '../../../shared/id';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { DomainAdminHarness, rejectUnreachable } from '../../support/service/domain-admin-harness';
import { RETENTION_DAYS } from '../../support/store/records';
import { OPERATOR } from '../../support/system/system';

let harness: DomainAdminHarness;

beforeAll(async () => {
  harness = await DomainAdminHarness.open();
});

describe('createDomain', () => {
  it('enables SCIM on the given rate plan, and records who created the domain', async () => {
    const domain = await harness.admin.createDomain({ name: ' Example ', ratePlan: 'gallery' }, OPERATOR);
    expect(domain).toMatchObject({ name: 'Example', scimEnabled: true, ratePlan: 'gallery', version: 1 });
    expect(await harness.admin.getDomain(domain.domainId)).toEqual(domain);
    expect(await harness.keysOnPlan('gallery')).toContain(domain.usageKeyId);
    expect(await harness.eventsOf(domain.domainId)).toMatchObject([
      { action: 'domain.created', resourceId: domain.domainId, actor: OPERATOR, at: domain.createdAt },
    ]);
  });

  it('accepts all settings', async () => {
    const settings = {
      scimEnabled: false,
      ratePlan: 'unmetered',
      mailDelayMinutes: 60,
      notifyAddresses: ['it@example.com'],
    } as const;
    const seats = { seats: 50, seatPolicy: 'wait' } as const;
    const domain = await harness.admin.createDomain({ name: 'Example', ...settings, ...seats }, OPERATOR);
    expect(domain).toMatchObject(settings);
    expect(domain).not.toHaveProperty('seats');
    expect(await harness.admin.getCounts(domain.domainId)).toMatchObject({ ...seats, activeLicenses: 0 });
  });

  it.each([
    { name: '' },
    { name: 'a\nb' },
    { name: 'Example', mailDelayMinutes: -1 },
    { name: 'Example', notifyAddresses: ['nobody'] },
    { name: 'Example', notifyAddresses: ['jürgen@example.com'] },
    { name: 'Example', notifyAddresses: ['a@example.com,b@example.com'] },
    { name: 'Example', notifyAddresses: ['Name <a@example.com>'] },
    { name: 'Example', notifyAddresses: ['a@example.com\r\nBcc: b@example.com'] },
    { name: 'Example', notifyAddresses: Array.from({ length: 11 }, (_, at) => `${at}@example.com`) },
    { name: 'Example', seats: -1 },
    { name: 'Example', seats: 1.5 },
    { name: 'Example', seats: 100_000_001 },
  ])('refuses %j before it creates anything', async (input) => {
    const usageKeys = harness.usageKeysWith({ create: rejectUnreachable });
    await expect(harness.adminWith(usageKeys).createDomain(input, OPERATOR)).rejects.toMatchObject({
      name: 'AdminError',
      problem: 'invalid',
    });
  });

  it('deletes the usage key if the domain cannot be written', async () => {
    let usageKey: UsageKey | undefined;
    const usageKeys = new UsageKeys(harness.deployment);
    const recording = harness.usageKeysWith({
      create: async (...args) => (usageKey = await usageKeys.create(...args)),
    });
    const failing = harness.domainsWith({ create: rejectUnreachable });
    await expect(
      harness.adminWith(recording, failing).createDomain({ name: 'Example' }, OPERATOR),
    ).rejects.toThrow();
    expect(usageKey).toBeDefined();
    expect(await usageKeys.isOnPlan(usageKey?.id ?? '', 'standard')).toBe(false);
  });

  it('keeps the usage key if only the response of the write was lost', async () => {
    const domains = new DomainStore(harness.table, RETENTION_DAYS);
    let domainId = '';
    const losing = harness.domainsWith({
      create: async (domain, ...rest) => {
        ({ domainId } = domain);
        await domains.create(domain, ...rest);
        throw new Error('lost');
      },
    });
    const failing = harness.adminWith(new UsageKeys(harness.deployment), losing);
    await expect(failing.createDomain({ name: 'Example' }, OPERATOR)).rejects.toThrow('lost');
    expect(await harness.usageKeysOf(domainId)).toEqual([
      (await harness.admin.getDomain(domainId)).usageKeyId,
    ]);
  });

  it('leaves no usage key if the rate plan does not exist', async () => {
    const misconfigured = new UsageKeys({
      ...harness.deployment,
      usagePlanIds: { ...harness.deployment.usagePlanIds, standard: 'none' },
    });
    const domainId = newId();
    await expect(misconfigured.create(domainId, 'standard')).rejects.toMatchObject({
      name: 'NotFoundException',
    });
    expect(await harness.usageKeysOf(domainId)).toEqual([]);
  });
});

describe('updateDomain', () => {
  it('makes one change with one event, which has the values before and after', async () => {
    const { domainId } = await harness.create();
    const changed = await harness.update(domainId, { name: 'New', scimEnabled: false, mailDelayMinutes: 30 });
    expect(changed).toMatchObject({ name: 'New', scimEnabled: false, mailDelayMinutes: 30, version: 2 });
    expect(await harness.admin.getDomain(domainId)).toEqual(changed);
    expect((await harness.eventsOf(domainId))[1]).toMatchObject({
      action: 'domain.updated',
      actor: OPERATOR,
      changes: [
        { attribute: 'name', before: 'Example', after: 'New' },
        { attribute: 'scimEnabled', before: true, after: false },
        { attribute: 'mailDelayMinutes', before: 0, after: 30 },
      ],
    });
  });

  it('changes the seats with the other settings, in the same event', async () => {
    const { domainId } = await harness.create();
    await harness.update(domainId, { seats: 10 });
    await harness.update(domainId, { name: 'New', seats: 5, seatPolicy: 'wait' });
    expect(await harness.admin.getCounts(domainId)).toMatchObject({ seats: 5, seatPolicy: 'wait' });
    await harness.update(domainId, { seats: null });
    expect(await harness.admin.getCounts(domainId)).not.toHaveProperty('seats');
    const [, ...events] = await harness.eventsOf(domainId);
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

  it('changes the addresses to notify, with the lists before and after in the event', async () => {
    const { domainId, notifyAddresses } = await harness.create();
    expect(notifyAddresses).toEqual([]);
    const changed = await harness.update(domainId, {
      notifyAddresses: [
        ' it@example.com',
        'IT@Example.com',
        'ops@bücher.example',
        'ops@xn--bcher-kva.example',
      ],
    });
    expect(changed.notifyAddresses).toEqual(['it@example.com', 'ops@bücher.example']);
    await harness.update(domainId, { notifyAddresses: ['it@example.com', 'ops@bücher.example'] });
    await harness.update(domainId, { notifyAddresses: [] });
    const [, ...events] = await harness.eventsOf(domainId);
    expect(events.map(({ changes }) => changes)).toEqual([
      [{ attribute: 'notifyAddresses', after: ['it@example.com', 'ops@bücher.example'] }],
      [{ attribute: 'notifyAddresses', before: ['it@example.com', 'ops@bücher.example'] }],
    ]);
  });

  it('writes nothing if nothing changes', async () => {
    const domain = await harness.create();
    expect(await harness.update(domain.domainId, { name: 'Example', ratePlan: 'standard' })).toEqual(domain);
    expect(await harness.update(domain.domainId, { name: undefined, ratePlan: undefined })).toEqual(domain);
    expect(await harness.eventsOf(domain.domainId)).toHaveLength(1);
    expect(await harness.usageKeysOf(domain.domainId)).toEqual([domain.usageKeyId]);
  });

  it('loses none of ten concurrent changes', async () => {
    const { domainId } = await harness.create();
    const numbers = Array.from({ length: 5 }, (_, index) => index);
    const outcomes = await Promise.allSettled([
      ...numbers.map((number) => harness.update(domainId, { name: `Name ${number}` })),
      ...numbers.map((number) => harness.update(domainId, { mailDelayMinutes: number + 1 })),
    ]);
    for (const outcome of outcomes)
      if (outcome.status === 'rejected') expect(outcome.reason).toMatchObject({ problem: 'conflict' });
    const successes = outcomes.filter(({ status }) => status === 'fulfilled').length;
    const [, ...events] = (await harness.eventsOf(domainId)).sort((one, other) =>
      one.at < other.at ? -1 : 1,
    );
    expect(events).toHaveLength(successes);
    expect((await harness.admin.getDomain(domainId)).version).toBe(successes + 1);
    // Each change starts from the result of another one.
    for (const attribute of ['name', 'mailDelayMinutes'] as const) {
      const changes = events.flatMap(({ changes = [] }) =>
        changes.filter((one) => one.attribute === attribute),
      );
      const befores = changes.map(({ before }) => before).sort();
      const afters = changes.map(({ after }) => after);
      const last = (await harness.admin.getDomain(domainId))[attribute];
      const first = attribute === 'name' ? 'Example' : 0;
      expect(befores).toEqual([first, ...afters.filter((after) => after !== last)].sort());
    }
  });

  it('refuses invalid settings, and changes nothing', async () => {
    const domain = await harness.create();
    await expect(
      harness.update(domain.domainId, { scimEnabled: false, mailDelayMinutes: 10_081 }),
    ).rejects.toThrow(/10080/);
    await expect(harness.update(domain.domainId, { name: 'x'.repeat(101) })).rejects.toThrow(/1 to 100/);
    expect(await harness.admin.getDomain(domain.domainId)).toEqual(domain);
  });
});

describe('an unknown domain', () => {
  it.each<[string, () => Promise<unknown>]>([
    ['getDomain', () => harness.admin.getDomain('nobody')],
    ['updateDomain', () => harness.update('nobody', { scimEnabled: false })],
    ['deleteDomain', () => harness.admin.deleteDomain('nobody', 'Example', OPERATOR)],
  ])('is named in the error of %s', async (_, act) => {
    await expect(act()).rejects.toMatchObject({
      name: 'AdminError',
      problem: 'notFound',
      message: expect.stringContaining('nobody') as string,
    });
  });
});
