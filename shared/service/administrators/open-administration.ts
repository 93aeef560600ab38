import { UserPoolAccounts } from '../../accounts/user-pool-accounts';
import { ENV } from '../../env';
import { readMailBudget } from '../../limits/mail-budget';
import { errorFields } from '../../logging/error-fields';
import { AdministratorStore } from '../../store/administrators/administrator-store';
import { InvitationStore } from '../../store/administrators/invitation-store';
import { MappedAdministratorStore } from '../../store/administrators/mapped-administrator-store';
import type { Invitation } from '../../store/administrators/administrator';
import { DomainStore } from '../../store/domains/domain-store';
import { MailBudgetStore } from '../../store/mail/mail-budget-store';
import { SetupLinkStore } from '../../store/setup-links/setup-link-store';
import type { Table } from '../../store/table/table';
import { openCreatorRights } from '../setup-links/creator-rights';
import { addMetric, logger } from '../../logging/telemetry';
import { AccountChecks } from './account-checks';
import { AdministratorAdmin } from './administrator-admin';
import { InvitationAdmin } from './invitation-admin';
import type { MappedAdministrators } from './mapped-administrators';
import { MappedInvitations } from './mapped-invitations';
import { openMappedAdministrators } from './open-mapped-administrators';

/** The parts by which the admin API administers administrators. */
export interface Administration {
  readonly administrators: AdministratorAdmin;
  readonly invitations: InvitationAdmin;
  readonly checks: AccountChecks;
  readonly mapped: MappedAdministrators;
  readonly mappedInvitations: MappedInvitations;
}

/** Emails an invitation. Returns the reason if it cannot be sent. */
type Notify = (invitation: Invitation) => Promise<string | undefined>;

/** Opens the administration of administrators, as the environment of the function configures it. */
export function openAdministration(
  table: Table,
  auditRetentionDays: number,
  notify: Notify,
  now = () => new Date(),
): Administration {
  const userPoolId = process.env[ENV.userPoolId];
  const accounts = userPoolId === undefined ? undefined : new UserPoolAccounts(userPoolId);
  const administrators = new AdministratorStore(table, auditRetentionDays);
  const domains = new DomainStore(table, auditRetentionDays);
  const budget = new MailBudgetStore(table);
  const mapped = new MappedAdministratorStore(table, auditRetentionDays);
  const invitations = new InvitationStore(table, auditRetentionDays);
  const links = new SetupLinkStore(table, auditRetentionDays);
  const claimMail = async (domainId: string, at: Date): Promise<boolean> => {
    const { mailsPerHour } = (await domains.get(domainId)) ?? {};
    const limit = mailsPerHour ?? readMailBudget().emailsPerHour;
    return (await budget.claimHour(domainId, limit, at)) === undefined;
  };
  const checks = new AccountChecks({ administrators, accounts, now, onError: reportFailedCheck });
  return {
    administrators: new AdministratorAdmin({
      administrators,
      invitations,
      domains,
      links,
      checks,
      now,
    }),
    invitations: new InvitationAdmin({
      administrators,
      invitations,
      creators: openCreatorRights(table),
      accounts,
      checks,
      claimMail,
      notify,
      onMailError: (error) => logger.error('An invitation was not emailed', errorFields(error)),
      now,
    }),
    checks,
    mapped: openMappedAdministrators(table, auditRetentionDays, now),
    mappedInvitations: new MappedInvitations({
      ...{ mapped, administrators, invitations, links, accounts, checks, claimMail, notify, now },
      onError: ({ domainId, userId }, error) => {
        addMetric('AccountCheckFailed');
        logger.error('A task of an administrator from a mapping failed, and will be tried again', {
          ...{ domainId, userId },
          ...errorFields(error),
        });
      },
    }),
  };
}

function reportFailedCheck(error: unknown): void {
  addMetric('AccountCheckFailed');
  logger.error(
    'The account of a former administrator could not be deleted, and will be tried again',
    errorFields(error),
  );
}
