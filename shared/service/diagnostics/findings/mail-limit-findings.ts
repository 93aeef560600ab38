import type { MailBudgetLimits } from '../../../limits/mail-budget';
import type { HourOfMails } from '../../../store/mail/mail-budget-store';
import type { DomainMailSettings } from '../../../store/mail/mail-delay';
import type { FindingDraft } from '../finding';

/** Reports that emails of a domain wait: an operator has paused them, or the domain has sent those of an hour. */
export function mailLimitFindings(
  { isPaused, emailsPerHour }: DomainMailSettings,
  hours: readonly HourOfMails[],
  defaults: MailBudgetLimits,
): FindingDraft[] {
  const full = hours.filter(({ postponed }) => postponed > 0);
  return [
    ...(isPaused ? [PAUSED] : []),
    ...(full.length > 0 ? [limitReached(full, emailsPerHour ?? defaults.emailsPerHour)] : []),
  ];
}

const PAUSED: FindingDraft = {
  code: 'emails-paused',
  severity: 'error',
  found: 'An operator has paused the emails of this domain. License emails and reminders of SCIM keys wait.',
  action:
    'Operator: fix the cause, then resume the emails (domain resume-mail). Each user then gets one email with the ' +
    'current state of the license.',
};

const limitReached = (hours: readonly HourOfMails[], limit: number): FindingDraft => ({
  code: 'email-limit-reached',
  severity: 'warning',
  found: `The domain has reached its limit of ${limit} emails per hour, so emails are sent later.`,
  action:
    'Operator: find out whether the domain imports many users. If so, raise its limit (domain update --mails-per-hour), ' +
    'or wait. If the emails are unwanted, pause them (domain pause-mail), and revoke the SCIM key that causes them.',
  details: hours.map(({ hour, sent, postponed }) => ({ hour: `${hour}:00:00Z`, sent, postponed })),
});
