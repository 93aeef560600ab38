import { TokenBuckets } from '../../../../../local/services/api-gateway/gateway/token-buckets';

describe('TokenBuckets', () => {
  it('are full at first, and independent of each other', () => {
    const buckets = new TokenBuckets(() => 0);
    const take = (id: string) => buckets.take(id, { rate: 1, burst: 1 });
    take('one');
    expect(() => take('one')).toThrow('THROTTLED');
    expect(() => take('other')).not.toThrow();
  });

  it('refill at the rate, also by fractions of a token', () => {
    let now = 0;
    const buckets = new TokenBuckets(() => now);
    const take = () => buckets.take('id', { rate: 0.5, burst: 1 });
    take();
    now += 1_000;
    expect(take).toThrow('THROTTLED');
    now += 1_000;
    expect(take).not.toThrow();
  });
});
