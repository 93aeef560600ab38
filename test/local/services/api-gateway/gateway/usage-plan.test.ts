import { Fault } from '../../../../../local/services/api-gateway/gateway/fault';
import { UsagePlans } from '../../../../../local/services/api-gateway/gateway/usage-plan';

const plan = (throttle?: { rate: number; burst: number }) => ({ id: 'p', name: 'p', stages: [], throttle });

describe('UsagePlans', () => {
  let now: number;
  beforeEach(() => (now = 1_000_000));

  function plans(throttle?: { rate: number; burst: number }): (key?: string) => string {
    const usagePlans = new UsagePlans(
      (key) => (key === 'unknown' ? undefined : plan(throttle)),
      () => now,
    );
    return (key = 'key') => {
      try {
        usagePlans.take(key, 'api', 'scim');
        return 'ok';
      } catch (error) {
        return (error as Fault).type;
      }
    };
  }

  it('refuses a key that is in no plan, and a request without a key', () => {
    expect(plans()('unknown')).toBe('INVALID_API_KEY');
    const usagePlans = new UsagePlans(() => plan());
    expect(() => usagePlans.take(undefined, 'api', 'scim')).toThrow(Fault);
  });

  it('allows a burst, and then what the rate refills', () => {
    const take = plans({ rate: 2, burst: 3 });
    expect([take(), take(), take(), take()]).toEqual(['ok', 'ok', 'ok', 'THROTTLED']);
    now += 500;
    expect([take(), take()]).toEqual(['ok', 'THROTTLED']);
    now += 60_000;
    expect([take(), take(), take(), take()]).toEqual(['ok', 'ok', 'ok', 'THROTTLED']);
  });

  it('refills although it refuses requests', () => {
    const take = plans({ rate: 1, burst: 1 });
    expect(take()).toBe('ok');
    for (let step = 0; step < 9; step += 1) {
      now += 100;
      expect(take()).toBe('THROTTLED');
    }
    now += 101;
    expect(take()).toBe('ok');
  });

  it('counts each key separately', () => {
    const take = plans({ rate: 1, burst: 1 });
    expect([take('a'), take('b'), take('a')]).toEqual(['ok', 'ok', 'THROTTLED']);
  });

  it('does not limit a plan without a throttle', () => {
    const take = plans();
    expect(new Set(Array.from({ length: 1000 }, () => take()))).toEqual(new Set(['ok']));
  });
});
