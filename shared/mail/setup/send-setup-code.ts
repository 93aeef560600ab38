import { ENV, requireEnv } from '../../env';
import { SETUP_CODE_MINUTES } from '../../credentials/setup-link';
import { readMailBudget } from '../../limits/mail-budget';
import { MailBudgetStore } from '../../store/mail/mail-budget-store';
import { SuppressionStore } from '../../store/mail/suppression-store';
import type { Table } from '../../store/table/table';
import { openMailTemplates } from '../content/open-templates';
import { renderSetupCode } from '../content/render-setup-code';
import { SETUP_CODE } from '../content/templates';
import { MailRefused, sesSender, type SendMail } from '../ses/ses-sender';
import { parseMailSettings } from '../settings';

/** The domain of a setup link. */
export interface CodeDomain {
  readonly domainId: string;
  readonly name: string;
  /** The number of emails that the domain may send in an hour; absent for that of the deployment. */
  readonly mailsPerHour?: number;
}

export interface SetupCodeSender {
  readonly now: () => Date;
  /** @default sends through SES */
  readonly send?: SendMail;
  /** Called if the email failed, with an error that may pass or that an operator can fix. */
  readonly onError: (fields: object, error: unknown) => void;
}

/**
 * Returns a function that emails the one-time code of a setup link, configured by the environment of the
 * function. Bounced addresses get none, and the email counts against the hourly limit of the domain. A pause
 * of the domain's emails does not hold the code, because somebody waits for it.
 */
export function setupCodeSender(table: Table, { now, send, onError }: SetupCodeSender) {
  const settings = parseMailSettings(requireEnv(ENV.mailSettings));
  const templates = openMailTemplates(requireEnv(ENV.mailTemplates));
  const sendMail = send ?? sesSender(settings);
  const suppressed = new SuppressionStore(table);
  const budget = new MailBudgetStore(table);
  return async (
    { domainId, name, mailsPerHour }: CodeDomain,
    email: string,
    code: string,
  ): Promise<'sent' | 'suppressed' | 'refused' | 'overBudget' | 'failed'> => {
    if (await suppressed.has(domainId, email)) return 'suppressed';
    const limit = mailsPerHour ?? readMailBudget().emailsPerHour;
    if (await budget.claimHour(domainId, limit, now())) return 'overBudget';
    try {
      const mail = renderSetupCode(
        { domainName: name, code, minutes: SETUP_CODE_MINUTES },
        settings,
        templates,
      );
      await sendMail(email, mail, { domainId, kind: SETUP_CODE });
      return 'sent';
    } catch (error) {
      onError({ domainId }, error);
      return error instanceof MailRefused && !error.isFixableByOperator ? 'refused' : 'failed';
    }
  };
}
