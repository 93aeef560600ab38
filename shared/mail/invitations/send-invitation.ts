import { readMailBudget } from '../../limits/mail-budget';
import type { Invitation } from '../../store/administrators/administrator';
import type { DomainStore } from '../../store/domains/domain-store';
import type { MailBudgetStore } from '../../store/mail/mail-budget-store';
import type { SuppressionStore } from '../../store/mail/suppression-store';
import { DEPLOYMENT } from '../../store/table/keys';
import type { InvitationMail } from '../content/render-invitation';
import { INVITATION } from '../content/templates';
import type { RenderedMail } from '../content/render';
import { MailRefused, type SendMail } from '../ses/ses-sender';

export interface InvitationSender {
  readonly domains: Pick<DomainStore, 'get'>;
  readonly suppressed: Pick<SuppressionStore, 'has'>;
  readonly budget: Pick<MailBudgetStore, 'claimHour'>;
  readonly render: (mail: InvitationMail) => RenderedMail;
  readonly send: SendMail;
  /** The origin of the portal; undefined if the stage has none. */
  readonly portalUrl: string | undefined;
  /** True if new users get a temporary password from Cognito. */
  readonly hasPassword: boolean;
  readonly now: () => Date;
  /** Called if SES failed. */
  readonly onError: (error: unknown) => void;
}

/**
 * Emails an invitation. Returns the reason if it cannot be sent, as a sentence for the administrator who
 * invites. The email counts against the hourly limit of the domain. A pause of the domain's emails does not
 * hold it, because an administrator has asked for it.
 */
export async function sendInvitation(
  { scope, email, role, name, expireTime }: Invitation,
  sender: InvitationSender,
): Promise<string | undefined> {
  const { portalUrl, hasPassword, now } = sender;
  if (portalUrl === undefined) return 'This deployment has no portal.';
  const domain = scope === DEPLOYMENT ? undefined : await sender.domains.get(scope);
  if (domain) {
    if (await sender.suppressed.has(scope, email))
      return 'An earlier email to this address bounced, or its recipient reported spam.';
    const limit = domain.mailsPerHour ?? readMailBudget().emailsPerHour;
    if (await sender.budget.claimHour(scope, limit, now()))
      return 'The domain has sent all the emails that it may send in this hour.';
  }
  const mail = sender.render({
    role,
    ...(name !== undefined && { name }),
    ...(domain && { domain }),
    expireTime,
    portalUrl,
    hasPassword,
  });
  try {
    await sender.send(email, mail, { domainId: scope, kind: INVITATION });
    return undefined;
  } catch (error) {
    sender.onError(error);
    return error instanceof MailRefused && !error.isFixableByOperator
      ? 'The email service refuses this address.'
      : 'The email service does not accept emails now. An operator can see the reason in the log.';
  }
}
