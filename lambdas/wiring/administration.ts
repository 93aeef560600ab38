import type { Deployment } from '../../shared/deployment';
import { errorFields } from '../../shared/logging/error-fields';
import { logger } from '../../shared/logging/telemetry';
import { openInvitationSender } from '../../shared/mail/invitations/open-invitation-sender';
import {
  type Administration,
  openAdministration,
} from '../../shared/service/administrators/open-administration';
import type { Table } from '../../shared/store/table/table';

/** Wires the administration of administrators, with the emails of their invitations. */
export function wireAdministration(table: Table, { auditRetentionDays }: Deployment): Administration {
  const onError = (error: unknown) => logger.error('An invitation was not emailed', errorFields(error));
  const notify = openInvitationSender(table, { now: () => new Date(), onError });
  return openAdministration(table, auditRetentionDays, notify);
}
