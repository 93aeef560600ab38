import { attemptAge } from '../../../shared/mail/delivery/log-delivery';

const NOW = new Date('2026-01-01T02:00:00.000Z');
const DUE = { dueAt: '2026-01-01T03:00:00.000Z' };

describe('the age of an email since its first attempt', () => {
  test('is the time for which SES has failed to accept it', () => {
    const result = {
      outcome: 'delayed',
      ...DUE,
      error: 'Timeout',
      firstTriedAt: '2026-01-01T00:30:00.000Z',
    } as const;
    expect(attemptAge(result, NOW)).toBe(5_400);
  });

  test.each([
    { outcome: 'sent', messageId: 'm' },
    { outcome: 'failed', error: 'Invalid' },
    { outcome: 'givenUp', error: 'Timeout' },
  ] as const)('is 0 for an email that SES accepted, or that waits no longer: %j', (result) => {
    expect(attemptAge(result, NOW)).toBe(0);
  });

  test.each([{ outcome: 'delayed', ...DUE, limit: 'domain' }, { outcome: 'superseded' }] as const)(
    'is unknown for %j',
    (result) => {
      expect(attemptAge(result, NOW)).toBeUndefined();
    },
  );
});
