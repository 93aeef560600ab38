import type { Actor } from '../../store/audit/audit';
import type { Invitation } from '../../store/administrators/administrator';
import type { AdministratorStore } from '../../store/administrators/administrator-store';
import type { InvitationStore } from '../../store/administrators/invitation-store';
import type { AdministratorTask, MappedAdministrator } from '../../store/administrators/mapped-administrator';
import type { MappedAdministratorStore } from '../../store/administrators/mapped-administrator-store';
import type { SetupLinkStore } from '../../store/setup-links/setup-link-store';
import { addressKeyOf } from '../../store/mail/address-key';
import { VersionConflict } from '../../store/table/operations/transaction';
import { AdminError } from '../admin/admin-error';
import { linkRevocations } from '../setup-links/links-of-administrator';
import type { AccountChecks } from './account-checks';
import { administratorEvent } from './administrator-events';
import { INVITATION_DAYS } from './invitation-admin';
import { claimInvitation, sentenceOf } from './invitation-limits';
import { createAccount, type Accounts } from './invited-account';
import { withdrawInvitationsOf } from './invitations-of-administrator';
import { MAPPING } from './mapped-administrators';

export interface MappedInvitationsDependencies {
  readonly mapped: Pick<MappedAdministratorStore, 'get' | 'invited' | 'dueTasks' | 'endTask' | 'postpone'>;
  readonly administrators: AdministratorStore;
  readonly invitations: Pick<InvitationStore, 'claimSend' | 'claimDomainSend' | 'withdraw'>;
  readonly links: SetupLinkStore;
  /** Absent if portal users sign in at an issuer that the service does not manage. */
  readonly accounts?: Accounts;
  readonly checks: Pick<AccountChecks, 'checkAccount' | 'isClosed'>;
  /**
   * Counts an email of the user pool against the limits of the domain. Returns false if it must not be sent
   * now.
   */
  readonly claimMail: (domainId: string, at: Date) => Promise<boolean>;
  /** Emails an invitation. Returns the reason if it cannot be sent. */
  readonly notify: (invitation: Invitation) => Promise<string | undefined>;
  readonly now: () => Date;
  readonly onError: (task: AdministratorTask, error: unknown) => void;
}

/** The outcome of an invitation. */
interface SentInvitation {
  readonly mailProblem?: string;
  /** The account that was created, and when it is checked if nobody uses it. */
  readonly newAccount?: { readonly id: string; readonly dueAt: number };
}

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const LONGEST_DELAY_MINUTES = 60;
const TASKS_PER_RUN = 100;

/**
 * Does what follows from the roles of mappings and needs the permissions of the admin API: it creates the
 * accounts of new administrators and invites them. It revokes the setup links and invitations of
 * administrators who have lost a role, and deletes the accounts that have no role. Each task is stored in the
 * transaction of the change, so a later run completes the work of a failed one. An invitation may then be
 * sent twice.
 */
export class MappedInvitations {
  constructor(private readonly parts: MappedInvitationsDependencies) {}

  /** Does all tasks that are due. Does not throw for a single task. */
  async run(isTimeUp: () => boolean = () => false): Promise<void> {
    const { mapped, now, onError } = this.parts;
    for (const task of await mapped.dueTasks(now(), TASKS_PER_RUN)) {
      if (isTimeUp()) return;
      try {
        await (task.kind === 'invite' ? this.invite(task) : this.end(task));
      } catch (error) {
        onError(task, error);
        await mapped.postpone(task, new Date(now().getTime() + delayMs(task)));
      }
    }
  }

  /**
   * Resends the invitation of an administrator who has not signed in, with a new password. Throws
   * `AdminError`: `notFound`, `conflict`, or `tooSoon`.
   */
  async resend(domainId: string, userId: string, actor: Actor): Promise<MappedAdministrator> {
    const { mapped, now } = this.parts;
    const administrator = await mapped.get(domainId, userId);
    if (!administrator) throw notMapped(userId);
    const { email, role } = administrator;
    if (administrator.administratorId !== undefined)
      throw new AdminError(`${email} has signed in, and needs no invitation.`, 'conflict');
    if (await this.isAdministrator(domainId, email))
      throw new AdminError(`${email} is also an invited administrator, and needs no invitation.`, 'conflict');
    const reached = await claimInvitation(this.parts, domainId, email);
    if (reached) throw new AdminError(sentenceOf(reached, email), 'tooSoon', reached.seconds);
    const sent = await this.send(domainId, administrator);
    const at = now();
    const audit = administratorEvent('administrator.invited', { id: userId, name: email }, actor, at, [
      { attribute: 'email', after: email },
      { attribute: 'role', after: role },
    ]);
    try {
      await mapped.invited(domainId, administrator, undefined, { at: at.toISOString(), ...sent }, { audit });
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
    const after = await mapped.get(domainId, userId);
    if (!after) throw notMapped(userId);
    return after;
  }

  private async invite(task: AdministratorTask): Promise<void> {
    const { mapped, now } = this.parts;
    const { domainId, userId } = task;
    const administrator = await mapped.get(domainId, userId);
    const isObsolete = !administrator || addressKeyOf(administrator.email) !== addressKeyOf(task.email);
    if (isObsolete || administrator.administratorId !== undefined) return mapped.endTask(task);
    const { email } = administrator;
    let sent: SentInvitation = {};
    if (!(await this.isAdministrator(domainId, email))) {
      const reached = await claimInvitation(this.parts, domainId, email);
      if (reached) return mapped.postpone(task, new Date(now().getTime() + reached.seconds * 1000));
      sent = await this.send(domainId, administrator);
    }
    await mapped.invited(domainId, administrator, task, { at: now().toISOString(), ...sent }, {});
  }

  /** Creates the account, and emails the invitation. */
  private async send(domainId: string, administrator: MappedAdministrator): Promise<SentInvitation> {
    const { email, name } = administrator;
    try {
      const account = await createAccount(this.parts, email, name);
      const invitation = this.invitationOf(domainId, administrator);
      const mailProblem = await this.parts.notify(invitation);
      return {
        ...(mailProblem !== undefined && { mailProblem }),
        ...(account?.isNew && {
          newAccount: { id: account.subject, dueAt: Date.parse(invitation.expireTime) },
        }),
      };
    } catch (error) {
      // The user pool refuses the address. Another attempt has the same result.
      if (!(error instanceof AdminError) || error.problem === 'tooSoon') throw error;
      return { mailProblem: error.message };
    }
  }

  /** An administrator of the domain knows it already, and needs no invitation. */
  private async isAdministrator(domainId: string, email: string): Promise<boolean> {
    const { administrators } = await this.parts.administrators.list(domainId);
    return administrators.some(
      (each) => each.email !== undefined && addressKeyOf(each.email) === addressKeyOf(email),
    );
  }

  private invitationOf(domainId: string, { userId, email, role, name }: MappedAdministrator): Invitation {
    const now = this.parts.now();
    return {
      invitationId: userId,
      scope: domainId,
      email,
      role,
      ...(name !== undefined && { name }),
      createdAt: now.toISOString(),
      createdBy: '',
      expireTime: new Date(now.getTime() + INVITATION_DAYS * DAY_MS).toISOString(),
    };
  }

  /** Ends the setup links and the account of a user who has lost a role, unless another role needs them. */
  private async end(task: AdministratorTask): Promise<void> {
    const { mapped, administrators, links, checks, now } = this.parts;
    const { domainId, email, administratorId, accountId } = task;
    const callerId = administratorId ?? accountId;
    const { roles, mappedRoles, profile } =
      callerId === undefined ? NOBODY : await administrators.read(callerId);
    const isOwner =
      roles.some(({ scope, role }) => scope === domainId && role === 'owner') ||
      mappedRoles.some((each) => each.domainId === domainId && each.role === 'owner');
    if (!isOwner && administratorId !== undefined) {
      const former = {
        administratorId,
        email,
        role: 'owner',
        grantedAt: task.dueAt,
        source: 'invitation',
      } as const;
      const revocations = await linkRevocations(links, domainId, former, MAPPING, now());
      if (revocations.length > 0) await administrators.change(domainId, revocations);
      await withdrawInvitationsOf(this.parts, domainId, administratorId, MAPPING);
    }
    const hasNoRole = roles.length + mappedRoles.length === 0;
    if (callerId !== undefined && hasNoRole && (profile?.hasOwnAccount || accountId !== undefined)) {
      await administrators.putAccountCheck(callerId, email, now());
      await checks.checkAccount(callerId);
    }
    await mapped.endTask(task);
  }
}

/**
 * Returns the end of the invitation of an administrator who has not signed in. After it, a temporary password
 * of the user pool no longer works.
 */
export function invitationEnd({
  invitedAt,
  mailProblem,
  administratorId,
}: MappedAdministrator): Date | undefined {
  if (invitedAt === undefined || mailProblem !== undefined || administratorId !== undefined) return undefined;
  return new Date(Date.parse(invitedAt) + INVITATION_DAYS * DAY_MS);
}

const notMapped = (userId: string): AdminError =>
  new AdminError(`No mapping makes the user "${userId.slice(0, 100)}" an administrator.`, 'notFound');

const NOBODY = { roles: [], mappedRoles: [], profile: undefined };

/** Returns the time until a failed task is tried again. */
function delayMs({ attempts }: AdministratorTask): number {
  return Math.min(2 ** attempts, LONGEST_DELAY_MINUTES) * MINUTE_MS;
}
