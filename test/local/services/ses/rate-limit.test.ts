import { SesAccount } from '../../../../local/services/ses/account';
import { RateLimit } from '../../../../local/services/ses/rate-limit';

const NOW = Date.UTC(2026, 2, 1);

it('accepts a burst of one second, and then as many emails as the rate allows', () => {
  const limit = new RateLimit(14);
  const accepted = (ms: number) => {
    let count = 0;
    while (limit.take(NOW + ms)) count++;
    return count;
  };
  expect([accepted(0), accepted(0), accepted(500), accepted(60_000)]).toEqual([14, 0, 7, 14]);
});

it('an account without a limit accepts every email, and reports the usual quota', () => {
  const account = new SesAccount();
  expect(Array.from({ length: 100 }, () => account.takeSend(NOW)).every(Boolean)).toBe(true);
  expect(account.quota.MaxSendRate).toBe(14);
  expect(new SesAccount({ sandbox: true }).quota.MaxSendRate).toBe(1);
});

it('an account with a limit reports it', () => {
  const account = new SesAccount({ rate: 3 });
  expect(Array.from({ length: 5 }, () => account.takeSend(NOW))).toEqual([true, true, true, false, false]);
  expect(account.quota.MaxSendRate).toBe(3);
});
