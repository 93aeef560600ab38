import { DEFAULT_MAIL_BUDGET } from '../../../../shared/limits/mail-budget';
import { mailLimitFindings } from '../../../../shared/service/diagnostics/findings/mail-limit-findings';

const OPEN = { delayMs: 0, isPaused: false };
const FULL = { hour: '2026-03-01T12', sent: 10_000, postponed: 3 };
const QUIET = { hour: '2026-03-01T11', sent: 5, postponed: 0 };

it('has no finding while emails are within the limits', () => {
  expect(mailLimitFindings(OPEN, [QUIET], DEFAULT_MAIL_BUDGET)).toEqual([]);
});

it('reports that emails are paused', () => {
  const [finding] = mailLimitFindings({ ...OPEN, isPaused: true }, [], DEFAULT_MAIL_BUDGET);
  expect(finding).toMatchObject({ code: 'emails-paused', severity: 'error' });
});

it('reports the limit that was reached, and the hours that had enough', () => {
  const [finding] = mailLimitFindings(OPEN, [QUIET, FULL], DEFAULT_MAIL_BUDGET);
  expect(finding).toMatchObject({
    code: 'email-limit-reached',
    severity: 'warning',
    details: [{ hour: '2026-03-01T12:00:00Z', sent: 10_000, postponed: 3 }],
  });
  expect(finding?.found).toContain('10000 emails per hour');
  const [own] = mailLimitFindings({ ...OPEN, emailsPerHour: 20 }, [FULL], DEFAULT_MAIL_BUDGET);
  expect(own?.found).toContain('20 emails per hour');
});
