import { LeaseKeeper, type LeaseKeeperOptions } from '../../sdk/src/lease-keeper.ts';
import { LeaseError } from '../../sdk/src/lease.ts';
import { ServiceRefusedError } from '../../sdk/src/service-api.ts';
import { MemoryStore } from '../../sdk/src/store.ts';
import {
  DOMAIN_ID,
  LICENSE_ID,
  LICENSE_KEY,
  LICENSE_URL,
  type LicenseService,
  type TestClock,
  useLicenseService,
} from '../support/leases/license-service';

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

const { keys: signingKeys, setUp } = useLicenseService(14);

let clock: TestClock;
let service: LicenseService;
let store: MemoryStore;
let leases: LeaseKeeper;
beforeEach(() => {
  ({ clock, service, store } = setUp());
  leases = keeper();
});

/** Returns a keeper as a new process of the product has it. */
function keeper(options: Partial<LeaseKeeperOptions> = {}): LeaseKeeper {
  clock.restart();
  return new LeaseKeeper({ url: LICENSE_URL, store, clock, fetch: service.fetch, ...options });
}
const statusOf = async (of = leases) => (await of.current(LICENSE_KEY)).status;
const leaseRequests = () => service.requests.filter((path) => path === '/v1/lease').length;
const event = (
  type: 'license.ended' | 'license.activated' | 'license.changed' | 'license.keyReplaced' | 'user.changed',
) => ({
  type,
  domainId: DOMAIN_ID,
  subject: { type: 'license', id: LICENSE_ID } as const,
});

describe('a product without a connection', () => {
  it('works for 14 days on a lease, and stops when the lease ends', async () => {
    expect(await leases.current(LICENSE_KEY)).toMatchObject({
      status: 'active',
      source: 'service',
      lease: { licenseId: LICENSE_ID, userType: 'Full User', domain: { id: DOMAIN_ID, name: 'Example Inc' } },
    });
    service.failure = 'offline';
    for (let hour = 1; hour < 14 * 24; hour++) {
      clock.pass(HOUR);
      // The product is started anew each day.
      if (hour % 24 === 0) leases = keeper();
      expect(await leases.current(LICENSE_KEY)).toMatchObject({ status: 'active', source: 'store' });
    }
    clock.pass(HOUR - SECOND);
    expect(await statusOf()).toBe('active');
    clock.pass(2 * SECOND);
    expect(await statusOf()).toBe('ended');
    expect(await statusOf(keeper())).toBe('ended');
    service.failure = undefined;
    expect(await leases.current(LICENSE_KEY)).toMatchObject({ status: 'active', source: 'service' });
  });

  it('works after its license has ended, but no later than its lease', async () => {
    const state = await leases.current(LICENSE_KEY);
    if (state.status !== 'active') throw new Error('The license is active.');
    service.license = { status: 'inactive', userType: 'Full User' };
    service.failure = 'offline';
    clock.pass(state.lease.expiresAt.getTime() - clock.wall() - SECOND);
    expect(await statusOf()).toBe('active');
    clock.pass(2 * SECOND);
    expect(await statusOf()).toBe('ended');
    expect(await statusOf(keeper())).toBe('ended');
    service.failure = undefined;
    expect(await statusOf()).toBe('inactive');
  });

  it.each(['offline', 'busy', 'proxy'] as const)('cannot begin: %s', async (failure) => {
    service.failure = failure;
    expect(await statusOf()).toBe('unavailable');
  });

  it('does not renew at each call, but asks again after a minute or two', async () => {
    await leases.current(LICENSE_KEY);
    clock.pass(8 * DAY);
    service.failure = 'offline';
    for (let call = 0; call < 10; call++) expect(await statusOf()).toBe('active');
    expect(leaseRequests()).toBe(2);
    clock.pass(3 * MINUTE);
    service.failure = undefined;
    expect(await leases.current(LICENSE_KEY)).toMatchObject({ status: 'active', source: 'service' });
  });
});

describe('a product with a connection', () => {
  it('renews its lease after half of its time, and asks no earlier', async () => {
    await leases.current(LICENSE_KEY);
    clock.pass(7 * DAY - SECOND);
    expect(await leases.current(LICENSE_KEY)).toMatchObject({ source: 'store' });
    clock.pass(SECOND);
    const renewed = await leases.current(LICENSE_KEY);
    expect(renewed).toMatchObject({
      source: 'service',
      lease: { expiresAt: new Date(clock.wall() + 14 * DAY) },
    });
  });

  it('learns at the renewal that the license has ended, and that it is active again', async () => {
    await leases.current(LICENSE_KEY);
    service.license = { status: 'inactive', userType: 'Full User' };
    expect(await statusOf()).toBe('active');
    clock.pass(7 * DAY);
    expect(await statusOf()).toBe('inactive');
    service.failure = 'offline';
    clock.pass(DAY);
    expect(await statusOf(keeper())).toBe('inactive');
    service.failure = undefined;
    service.license = { status: 'active', userType: 'Core User', activationId: 'activation-1' };
    expect(await leases.current(LICENSE_KEY)).toMatchObject({ lease: { userType: 'Core User' } });
  });

  it('does not ask about a refused key more often than the service allows', async () => {
    expect((await leases.current('no key')).status).toBe('unknown');
    clock.pass(299 * SECOND);
    expect((await leases.current('no key')).status).toBe('unknown');
    expect(leaseRequests()).toBe(1);
    clock.pass(SECOND);
    await leases.current('no key');
    expect(leaseRequests()).toBe(2);
  });

  it('asks once for calls at the same time', async () => {
    const states = await Promise.all(Array.from({ length: 5 }, () => leases.current(LICENSE_KEY)));
    expect(states.map(({ status }) => status)).toEqual(Array(5).fill('active'));
    expect(leaseRequests()).toBe(1);
  });

  it('learns the organizations of the user', async () => {
    const organizations = [{ organization: 'Research', role: 'member', mappingId: 'm-1' }];
    service.license = {
      status: 'active',
      userType: 'Full User',
      activationId: 'activation-1',
      organizations,
    };
    expect(await leases.current(LICENSE_KEY)).toMatchObject({
      lease: { organizations: [{ name: 'Research', role: 'member' }] },
    });
  });

  it('accepts the key in any spelling, with the same lease', async () => {
    await leases.current(LICENSE_KEY);
    expect(await leases.current(LICENSE_KEY.toLowerCase().replaceAll('-', ' '))).toMatchObject({
      status: 'active',
      source: 'store',
    });
  });

  it('keeps a valid lease if something on the way refuses its requests', async () => {
    await leases.current(LICENSE_KEY);
    clock.pass(8 * DAY);
    service.answer = () => Promise.resolve(new Response('{"message":"Forbidden"}', { status: 403 }));
    expect(await leases.current(LICENSE_KEY)).toMatchObject({ status: 'active', source: 'store' });
    const asked = leaseRequests();
    expect(await leases.current(LICENSE_KEY)).toMatchObject({ status: 'active', source: 'store' });
    expect(leaseRequests()).toBe(asked);
    clock.pass(7 * DAY);
    await expect(leases.current(LICENSE_KEY)).rejects.toThrow(ServiceRefusedError);
  });

  it('learns that the key is missing', async () => {
    await expect(leases.current(' ')).rejects.toThrow(ServiceRefusedError);
  });
});

describe('an event', () => {
  it('that ends the license drops the lease at once, also without a connection', async () => {
    await leases.current(LICENSE_KEY);
    service.failure = 'offline';
    expect(await leases.apply(event('license.ended'))).toBe(true);
    expect(await statusOf()).toBe('dropped');
    expect(await statusOf(keeper())).toBe('dropped');
  });

  it.each(['license.ended', 'license.keyReplaced'] as const)(
    '%s leads to a question to the service',
    async (type) => {
      await leases.current(LICENSE_KEY);
      await leases.apply(event(type));
      // An event that arrives again late does no harm.
      expect(await leases.current(LICENSE_KEY)).toMatchObject({ status: 'active', source: 'service' });
      await leases.apply(event(type));
      service.license = undefined;
      expect(await statusOf()).toBe('inactive');
    },
  );

  it('that changes the license renews the lease', async () => {
    await leases.current(LICENSE_KEY);
    service.license = { status: 'active', userType: 'Core User', activationId: 'activation-1' };
    expect(await leases.apply(event('license.changed'))).toBe(true);
    service.failure = 'offline';
    expect(await leases.current(LICENSE_KEY)).toMatchObject({ lease: { userType: 'Full User' } });
    clock.pass(3 * MINUTE);
    service.failure = undefined;
    expect(await leases.current(LICENSE_KEY)).toMatchObject({ lease: { userType: 'Core User' } });
  });

  it('that activates the license again ends the wait for the next question', async () => {
    await leases.current(LICENSE_KEY);
    service.license = undefined;
    await leases.apply(event('license.ended'));
    expect(await statusOf()).toBe('inactive');
    service.license = { status: 'active', userType: 'Full User', activationId: 'activation-1' };
    expect(await statusOf()).toBe('inactive');
    await leases.apply(event('license.activated'));
    expect(await statusOf()).toBe('active');
  });

  it('that arrives while the first lease is on its way drops it', async () => {
    service.answer = async (_, respond) => {
      const response = await respond();
      service.license = undefined;
      await leases.apply(event('license.ended'));
      service.answer = (__, next) => next();
      return response;
    };
    expect(await statusOf()).toBe('dropped');
    expect(await statusOf()).toBe('inactive');
  });

  it('of another license, another domain, or another type changes nothing', async () => {
    await leases.current(LICENSE_KEY);
    const ended = event('license.ended');
    expect(await leases.apply({ ...ended, subject: { type: 'license', id: DOMAIN_ID } })).toBe(false);
    expect(await leases.apply({ ...ended, domainId: LICENSE_ID })).toBe(false);
    expect(await leases.apply(event('user.changed'))).toBe(false);
    expect(await leases.current(LICENSE_KEY)).toMatchObject({ status: 'active', source: 'store' });
  });
});

describe('a clock that is wrong', () => {
  it.each([
    ['years behind', -20 * 365 * DAY],
    ['a day behind', -DAY],
    ['a day ahead', DAY],
    ['years ahead', 20 * 365 * DAY],
  ])('all the time does not matter: %s', async (_, difference) => {
    clock.turn(difference);
    await leases.current(LICENSE_KEY);
    service.failure = 'offline';
    clock.pass(14 * DAY - MINUTE);
    expect(await statusOf(keeper())).toBe('active');
    clock.pass(2 * MINUTE);
    expect(await statusOf(keeper())).toBe('ended');
  });

  it.each([
    ['while the product runs', false],
    ['before the product starts again', true],
  ])('because it was turned back is noticed: %s', async (_, restarts) => {
    await leases.current(LICENSE_KEY);
    service.failure = 'offline';
    clock.pass(DAY);
    expect(await statusOf()).toBe('active');
    clock.turn(-HOUR);
    if (restarts) leases = keeper();
    expect(await statusOf()).toBe('clockTurnedBack');
    // It does not become right by waiting.
    clock.pass(10 * MINUTE);
    expect(await statusOf()).toBe('clockTurnedBack');
    clock.turn(HOUR);
    expect(await statusOf()).toBe('active');
    clock.turn(-HOUR);
    service.failure = undefined;
    expect(await leases.current(LICENSE_KEY)).toMatchObject({ status: 'active', source: 'service' });
  });

  it('because it is turned back again and again gains no time', async () => {
    await leases.current(LICENSE_KEY);
    service.failure = 'offline';
    let worked = 0;
    for (let step = 0; step < 30 * 24; step++) {
      clock.pass(HOUR);
      clock.turn(-HOUR);
      if (step % 2 === 0) leases = keeper();
      if ((await statusOf()) === 'active') worked++;
    }
    expect(worked).toBeLessThan(2);
  });

  it('by small corrections is accepted', async () => {
    await leases.current(LICENSE_KEY);
    service.failure = 'offline';
    for (let day = 0; day < 13; day++) {
      clock.pass(DAY);
      clock.turn(day % 2 === 0 ? -5 * SECOND : 8 * SECOND);
      expect(await statusOf()).toBe('active');
    }
  });

  it('because it was turned forward ends the lease, until the service answers', async () => {
    await leases.current(LICENSE_KEY);
    service.failure = 'offline';
    clock.turn(15 * DAY);
    expect(await statusOf()).toBe('ended');
    clock.turn(-15 * DAY);
    expect(await statusOf()).not.toBe('active');
    service.failure = undefined;
    expect(await statusOf()).toBe('active');
  });
});

describe('a rotation of the signing key', () => {
  it('is not noticed by a product', async () => {
    await leases.current(LICENSE_KEY);
    const rotations = [
      signingKeys('First', 'Second'),
      signingKeys('Second', 'First'),
      signingKeys('Second'),
      signingKeys('Second', 'Third'),
      signingKeys('Third', 'Second'),
    ];
    for (const keys of rotations) {
      service.rotate(keys);
      clock.pass(7 * DAY);
      expect(await leases.current(LICENSE_KEY)).toMatchObject({ status: 'active', source: 'service' });
      service.failure = 'offline';
      expect(await statusOf(keeper())).toBe('active');
      service.failure = undefined;
    }
    // The keys are fetched at the beginning, and when an unknown key has signed.
    expect(service.requests.filter((path) => path === '/v1/jwks')).toHaveLength(3);
  });

  it('needs an update of a product that knows the keys itself', async () => {
    const keys = { keys: await signingKeys('First').publicKeys() };
    const pinned = keeper({ keys: keys });
    expect(await statusOf(pinned)).toBe('active');
    expect(service.requests).toEqual(['/v1/lease']);
    service.rotate(signingKeys('Second', 'First'));
    clock.pass(7 * DAY);
    await expect(pinned.current(LICENSE_KEY)).rejects.toMatchObject({ code: 'unknownKey' });
  });
});

describe('an attacker', () => {
  it('cannot send an earlier answer again', async () => {
    let recorded: string | undefined;
    service.answer = async (path, respond) => {
      const response = await respond();
      if (path === '/v1/lease') recorded ??= await response.clone().text();
      return response;
    };
    await leases.current(LICENSE_KEY);
    service.license = undefined;
    service.answer = (path, respond) =>
      path === '/v1/lease' ? Promise.resolve(new Response(recorded, { status: 200 })) : respond();
    clock.pass(7 * DAY);
    await expect(leases.current(LICENSE_KEY)).rejects.toMatchObject({ code: 'replayed' });
    await expect(keeper({ store: new MemoryStore() }).current(LICENSE_KEY)).rejects.toThrow(LeaseError);
  });

  it('cannot answer with a lease of its own key', async () => {
    const pinned = keeper({ keys: { keys: await signingKeys('First').publicKeys() } });
    service.rotate(signingKeys('Third'));
    await expect(pinned.current(LICENSE_KEY)).rejects.toThrow('None of the keys has signed the lease.');
  });

  it('cannot extend the stored lease', async () => {
    const written = new Map<string, string>();
    store.write = (name, text) => Promise.resolve(void written.set(name, text));
    store.read = (name) => Promise.resolve(written.get(name));
    await leases.current(LICENSE_KEY);
    service.failure = 'offline';
    for (const [name, text] of written) {
      const record = JSON.parse(text) as { jwt?: string };
      if (typeof record !== 'object' || record.jwt === undefined) continue;
      const [header, , signature] = record.jwt.split('.');
      const claims = Buffer.from(JSON.stringify({ exp: 4_000_000_000 })).toString('base64url');
      written.set(name, JSON.stringify({ ...record, jwt: [header, claims, signature].join('.') }));
    }
    expect(await statusOf()).toBe('ended');
    for (const name of written.keys()) written.set(name, '{"broken');
    expect(await statusOf(keeper())).toBe('unavailable');
  });
});
