import { LicenseChecker } from '../../sdk/src/license-checker.ts';
import { ServiceRefusedError, ServiceUnavailableError } from '../../sdk/src/service-api.ts';
import type { MemoryStore } from '../../sdk/src/store.ts';
import {
  DOMAIN_ID,
  LICENSE_KEY,
  LICENSE_URL,
  type LicenseService,
  type TestClock,
  useLicenseService,
} from '../support/leases/license-service';

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];

const { setUp } = useLicenseService(1);

let clock: TestClock;
let service: LicenseService;
let store: MemoryStore;
let checker: LicenseChecker;
beforeEach(() => {
  ({ clock, service, store } = setUp());
  checker = newChecker();
});

function newChecker(graceDays?: number): LicenseChecker {
  clock.restart();
  return new LicenseChecker({ url: `${LICENSE_URL}/`, store, clock, fetch: service.fetch, graceDays });
}
const check = () => checker.check(LICENSE_KEY);

describe('an answer', () => {
  it('is used for as long as Cache-Control says', async () => {
    const domain = { id: DOMAIN_ID, name: 'Example Inc' };
    const active = { status: 'active', userType: 'Full User', domain };
    expect(await check()).toEqual({ ...active, source: 'service' });
    clock.pass(HOUR - SECOND);
    expect(await check()).toEqual({ ...active, source: 'cache' });
    checker = newChecker();
    expect(await check()).toEqual({ ...active, source: 'cache' });
    expect(service.requests).toHaveLength(1);
    clock.pass(SECOND);
    service.license = undefined;
    expect(await check()).toEqual({ status: 'inactive', source: 'service' });
    clock.pass(5 * MINUTE - SECOND);
    expect(await check()).toEqual({ status: 'inactive', source: 'cache' });
    clock.pass(SECOND);
    expect((await check()).source).toBe('service');
  });

  it('contains the organizations of the user if the product asks for them', async () => {
    const organizations = [{ organization: 'Research', role: 'member', mappingId: 'm-1' }];
    service.license = {
      status: 'active',
      userType: 'Full User',
      activationId: 'activation-1',
      organizations,
    };
    expect(await check()).not.toHaveProperty('organizations');
    const asking = new LicenseChecker({
      ...{ url: LICENSE_URL, store, clock, fetch: service.fetch },
      includeOrganizations: true,
    });
    const expected = { organizations: [{ name: 'Research', role: 'member' }] };
    expect(await asking.check(LICENSE_KEY)).toMatchObject({ source: 'service', ...expected });
    expect(await asking.check(LICENSE_KEY)).toMatchObject({ source: 'cache', ...expected });
  });

  it('is asked for once by calls at the same time', async () => {
    await Promise.all([check(), check(), checker.check(LICENSE_KEY.toLowerCase())]);
    expect(service.requests).toEqual(['/v1/check']);
  });

  it('is asked for again if the clock was turned back', async () => {
    await check();
    clock.turn(-DAY);
    expect((await check()).source).toBe('service');
  });
});

describe('if the service cannot be reached', () => {
  it.each(['offline', 'busy', 'proxy'] as const)(
    'an active license stays active for the grace period: %s',
    async (failure) => {
      await check();
      service.failure = failure;
      for (let day = 1; day < 14; day++) {
        clock.pass(DAY);
        expect(await check()).toMatchObject({ status: 'active', userType: 'Full User', source: 'grace' });
      }
      clock.pass(DAY + SECOND);
      await expect(check()).rejects.toThrow(ServiceUnavailableError);
      service.failure = undefined;
      expect(await check()).toMatchObject({ status: 'active', source: 'service' });
    },
  );

  it('the grace period can be shorter', async () => {
    checker = newChecker(1);
    await check();
    service.failure = 'offline';
    clock.pass(DAY);
    expect((await check()).source).toBe('grace');
    clock.pass(SECOND);
    await expect(check()).rejects.toThrow(ServiceUnavailableError);
  });

  it('it is asked again after a minute or two, not at each call', async () => {
    await check();
    service.failure = 'offline';
    clock.pass(HOUR);
    for (let call = 0; call < 5; call++) await check();
    expect(service.requests).toHaveLength(2);
    clock.pass(MINUTE - SECOND);
    await check();
    expect(service.requests).toHaveLength(2);
    clock.pass(2 * MINUTE);
    await check();
    expect(service.requests).toHaveLength(3);
  });

  it('no other license gets a grace period', async () => {
    service.license = undefined;
    await check();
    service.failure = 'offline';
    clock.pass(HOUR);
    await expect(check()).rejects.toThrow(ServiceUnavailableError);
    await expect(checker.check('no key')).rejects.toThrow(ServiceUnavailableError);
  });

  it('turning back the clock does not extend the grace period', async () => {
    await check();
    service.failure = 'offline';
    clock.pass(DAY);
    await check();
    clock.turn(-12 * HOUR);
    await expect(check()).rejects.toThrow(ServiceUnavailableError);
  });
});

it('a missing key is refused with what to change', async () => {
  await expect(checker.check('')).rejects.toThrow(ServiceRefusedError);
  await expect(checker.check('')).rejects.toThrow('Send the license key in the header');
});
