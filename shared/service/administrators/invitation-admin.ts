import type { Account } from '../../accounts/user-pool-accounts';
import { newId } from '../../id';
import { deliverableAddress } from '../../mail/address';
import type { Actor } from '../../store/audit/audit';
import type { AdministratorRole, Invitation } from '../../store/administrators/administrator';
import type { AdministratorStore } from '../../store/administrators/administrator-store';
import type { InvitationStore } from '../../store/administrators/invitation-store';
import { addressKeyOf } from '../../store/mail/address-key';
import { VersionConflict } from '../../store/table/operations/transaction';
import { AdminError } from '../admin/admin-error';
import { validateName } from '../admin/admin-input';
import { isReservedName } from '../credentials/caller-identity';
import { domainNotFound } from '../domains/domain-admin';
import { retryDomainChange } from '../domains/retry-domain-change';
import type { CreatorRights } from '../setup-links/creator-rights';
import type { AccountChecks } from './account-checks';
import { administratorEvent } from './administrator-events';
import { claimInvitation, SEND_LIMITS, sentenceOf } from './invitation-limits';
import { createAccount, type Accounts } from './invited-account';
import { withdrawalEvent } from './invitations-of-administrator';

export interface NewInvitation {
  readonly email: string;
  readonly role: AdministratorRole;
  readonly name?: string;
}

/** An invitation, and the reason why no email could be sent, if there is one. */
export interface SentInvitation extends Invitation {
  readonly mailProblem?: string;
}

/** An invitation in the list of a scope. */
export interface ListedInvitation extends Invitation {
  /** True if nobody can accept it, because the administrator who sent it may no longer do so. */
  readonly isWithdrawn?: boolean;
}

export interface InvitationAdminDependencies {
  readonly administrators: AdministratorStore;
  readonly invitations: InvitationStore;
  /** The rights of those who sent the invitations. */
  readonly creators: Pick<CreatorRights, 'endedInvitations'>;
  /** Absent if portal users sign in at an issuer that the service does not manage. */
  readonly accounts?: Accounts;
  readonly checks: Pick<AccountChecks, 'checkAccount' | 'isClosed'>;
  /** Counts an email of a domain. Returns false if the domain has sent its emails of this hour. */
  readonly claimMail: (domainId: string, at: Date) => Promise<boolean>;
  /** Emails the invitation. Returns the reason if it cannot be sent. */
  readonly notify: (invitation: Invitation) => Promise<string | undefined>;
  readonly onMailError: (error: unknown) => void;
  readonly now: () => Date;
}

/** Cognito's temporary passwords are valid for the same time. */
export const INVITATION_DAYS = 7;
const DAY_MS = 86_400_000;
/** All administrators and invitations of a scope are read and shown at once. */
export const MAX_ADMINISTRATORS = 100;

/**
 * Invites administrators: of a domain, or of the deployment. Throws `AdminError`. The recipient takes the
 * role by signing in with the invited address.
 */
export class InvitationAdmin {
  constructor(private readonly parts: InvitationAdminDependencies) {}

  /** Returns the invitations to a scope that were not accepted, oldest first. */
  async list(scope: string): Promise<ListedInvitation[]> {
    const { invitations } = await this.parts.administrators.list(scope);
    const ended = await this.parts.creators.endedInvitations(invitations);
    return invitations.map((each) => (ended.has(each.invitationId) ? { ...each, isWithdrawn: true } : each));
  }

  /**
   * Invites an address. An earlier invitation of the same address to the same scope is replaced, so that a
   * call may be repeated.
   */
  async invite(scope: string, input: NewInvitation, actor: Actor): Promise<SentInvitation> {
    const email = validateAddress(input.email);
    const name = input.name === undefined ? undefined : validatePersonName(input.name);
    await this.replaceable(scope, email);
    await this.claimSend(scope, email);
    const account = await createAccount(this.parts, email, name);
    const invitation = await retryDomainChange(this.parts.now, () =>
      this.store(scope, { email, role: input.role, name }, actor, account),
    ).catch(async (error: unknown) => {
      if (account?.isNew) await this.discardAccount(account, email);
      throw error;
    });
    // The invitation is stored, and valid without an email.
    const mailProblem = await this.parts.notify(invitation).catch((error: unknown) => {
      this.parts.onMailError(error);
      return 'The email could not be sent. An operator can see the reason in the log.';
    });
    return { ...invitation, ...(mailProblem !== undefined && { mailProblem }) };
  }

  /** Deletes a new account, unless an invitation of another domain needs it by now. */
  private async discardAccount({ subject }: Account, email: string): Promise<void> {
    const { administrators, checks, now } = this.parts;
    await administrators.putAccountCheck(subject, email, now());
    await checks.checkAccount(subject);
  }

  /** Throws if no invitation may be sent to an address now. Each address and each domain has a limit. */
  private async claimSend(scope: string, email: string): Promise<void> {
    const reached = await claimInvitation(this.parts, scope, email);
    if (reached) throw new AdminError(sentenceOf(reached, email), 'tooSoon', reached.seconds);
  }

  /** Withdraws an invitation. An account that was created only for it is deleted. */
  async withdraw(scope: string, invitationId: string, actor: Actor): Promise<void> {
    const invitation = await this.parts.invitations.get(scope, invitationId);
    if (!invitation) throw invitationNotFound(invitationId);
    const audit = withdrawalEvent(invitation, actor, this.parts.now());
    try {
      await this.parts.invitations.withdraw(invitation, audit, await this.hasUnusedAccount(invitation));
    } catch (error) {
      throw error instanceof VersionConflict ? invitationNotFound(invitationId) : error;
    }
    if (invitation.accountId !== undefined) await this.parts.checks.checkAccount(invitation.accountId);
  }

  /** Returns whether the service created the account of an invitation, and nobody has used it. */
  private async hasUnusedAccount({ accountId }: Invitation): Promise<boolean> {
    return accountId !== undefined && (await this.parts.administrators.accountCheck(accountId)) !== undefined;
  }

  /** Stores an invitation in place of an earlier one to the same address. */
  private async store(
    scope: string,
    { email, role, name }: NewInvitation,
    actor: Actor,
    account: Account | undefined,
  ): Promise<Invitation> {
    const { replaced } = await this.replaceable(scope, email);
    const at = this.parts.now();
    const accountId = account?.isNew ? account.subject : replaced?.accountId;
    const invitation: Invitation = {
      invitationId: newId(),
      scope,
      email,
      role,
      ...(name !== undefined && { name }),
      createdAt: at.toISOString(),
      createdBy: actor.kind === 'admin' ? actor.id : '',
      ...(actor.kind === 'admin' && actor.name !== undefined && { createdByName: actor.name }),
      expireTime: new Date(at.getTime() + INVITATION_DAYS * DAY_MS).toISOString(),
      ...(accountId !== undefined && { accountId }),
    };
    await this.parts.invitations.create(invitation, {
      audit: administratorEvent(
        'administrator.invited',
        { id: invitation.invitationId, name: email },
        actor,
        at,
        [
          { attribute: 'email', after: email },
          { attribute: 'role', ...(replaced && { before: replaced.role }), after: role },
          { attribute: 'expireTime', after: invitation.expireTime },
        ],
      ),
      ...(replaced && { replaced }),
      hasNewAccount: account?.isNew ?? false,
      domainNotFound: () => domainNotFound(scope),
    });
    return invitation;
  }

  /** Throws if an address cannot be invited to a scope now. Returns the invitation to replace. */
  private async replaceable(scope: string, email: string): Promise<{ replaced?: Invitation }> {
    const { administrators, invitations } = await this.parts.administrators.list(scope);
    const key = addressKeyOf(email);
    const existing = administrators.find(
      (each) => each.email !== undefined && addressKeyOf(each.email) === key,
    );
    if (existing)
      throw new AdminError(
        `${email} is already ${withArticle(existing.role)}. To give another role, change the role of this administrator.`,
        'conflict',
      );
    const replaced = invitations.find((each) => addressKeyOf(each.email) === key);
    const nextAt =
      replaced === undefined ? 0 : Date.parse(replaced.createdAt) + SEND_LIMITS.secondsBetween * 1000;
    const waitMs = nextAt - this.parts.now().getTime();
    if (waitMs > 0)
      throw new AdminError(
        `${email} was invited less than a minute ago. Wait a minute before you invite this address again.`,
        'tooSoon',
        Math.ceil(waitMs / 1000),
      );
    if (!replaced && administrators.length + invitations.length >= MAX_ADMINISTRATORS)
      throw new AdminError(
        `There are already ${MAX_ADMINISTRATORS} administrators and invitations. Remove those that are no longer needed.`,
        'conflict',
      );
    return replaced ? { replaced } : {};
  }
}

const withArticle = (role: AdministratorRole): string => (role === 'viewer' ? 'a viewer' : `an ${role}`);

function validateAddress(text: string): string {
  const address = deliverableAddress(text);
  if (address !== undefined) return address;
  throw new AdminError(
    `No email can be sent to "${text.trim().slice(0, 100)}". Type one plain address, such as it@example.com, with ` +
      'only ASCII characters before the @.',
  );
}

/** Returns a name that the audit log can show: nobody is named like a part of the service. */
function validatePersonName(text: string): string {
  const name = validateName(text, 'The name of an administrator');
  if (!isReservedName(name)) return name;
  throw new AdminError(`The name "${name}" is reserved for the service. Enter the name of a person.`);
}

const invitationNotFound = (invitationId: string): AdminError =>
  new AdminError(`There is no invitation ${invitationId}. It may have been accepted.`, 'notFound');
