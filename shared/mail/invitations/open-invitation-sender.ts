import { ENV, requireEnv } from '../../env';
import type { Invitation } from '../../store/administrators/administrator';
import { DomainStore } from '../../store/domains/domain-store';
import { MailBudgetStore } from '../../store/mail/mail-budget-store';
import { SuppressionStore } from '../../store/mail/suppression-store';
import type { Table } from '../../store/table/table';
import { openMailTemplates } from '../content/open-templates';
import { renderInvitation } from '../content/render-invitation';
import { sesSender } from '../ses/ses-sender';
import { parseMailSettings } from '../settings';
import { sendInvitation, type InvitationSender } from './send-invitation';

/**
 * Returns a function that emails invitations, configured by the environment of the function. Few invocations
 * send one, so the templates are read when the first one is sent.
 */
export function openInvitationSender(
  table: Table,
  { now, onError }: Pick<InvitationSender, 'now' | 'onError'>,
): (invitation: Invitation) => Promise<string | undefined> {
  let sender: InvitationSender | undefined;
  const open = (): InvitationSender => {
    const settings = parseMailSettings(requireEnv(ENV.mailSettings));
    const templates = openMailTemplates(requireEnv(ENV.mailTemplates));
    return {
      domains: new DomainStore(table, Number(requireEnv(ENV.auditRetentionDays))),
      suppressed: new SuppressionStore(table),
      budget: new MailBudgetStore(table),
      render: (mail) => renderInvitation(mail, settings, templates, now()),
      send: sesSender(settings),
      portalUrl: process.env[ENV.portalUrl] || undefined,
      hasPassword: process.env[ENV.userPoolId] !== undefined,
      now,
      onError,
    };
  };
  return (invitation) => sendInvitation(invitation, (sender ??= open()));
}
