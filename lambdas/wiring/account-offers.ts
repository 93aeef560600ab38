import { AccountOffers } from '../../shared/service/setup-links/account-offers';
import { InvitationStore } from '../../shared/store/administrators/invitation-store';
import { SetupLinkStore } from '../../shared/store/setup-links/setup-link-store';
import type { AdminParts } from './admin-parts';

/** Wires the accounts that setup links offer. */
export const wireAccountOffers = ({
  table,
  deployment: { auditRetentionDays },
  now,
}: AdminParts): AccountOffers =>
  new AccountOffers({
    links: new SetupLinkStore(table, auditRetentionDays),
    invitations: new InvitationStore(table, auditRetentionDays),
    now: () => new Date(now()),
  });
