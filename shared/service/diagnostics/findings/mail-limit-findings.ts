import type { MailBudgetLimits } from '../../../limits/mail-budget';
import type { HourOfMails } from '../../../store/mail/mail-budget-store';
import type { DomainMailSettings } from '../../../store/mail/mail-delay';
import { draftFinding, type FindingDraft } from '../finding';

/**
 * Reports that emails of a domain wait: an operator has paused them, or the domain has sent those of an hour.
 */
export function mailLimitFindings(
  { isPaused, emailsPerHour }: DomainMailSettings,
  hours: readonly HourOfMails[],
  defaults: MailBudgetLimits,
): FindingDraft[] {
  const full = hours.filter(({ postponed }) => postponed > 0);
  return [
    ...(isPaused ? [draftFinding('emails-paused', 'error', {})] : []),
    ...(full.length > 0 ? [limitReached(full, emailsPerHour ?? defaults.emailsPerHour)] : []),
  ];
}

const limitReached = (hours: readonly HourOfMails[], limit: number): FindingDraft =>
  draftFinding(
    'email-limit-reached',
    'warning',
    { limit },
    hours.map(({ hour, sent, postponed }) => ({ hour: `${hour}:00:00Z`, sent, postponed })),
  );
