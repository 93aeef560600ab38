import { ENV, requireEnv } from '../../env';
import { backoff } from '../../retry/backoff';
import type { Actor } from '../../store/audit/audit';
import type { Administrator, Invitation, ScopedRole } from '../../store/administrators/administrator';
import { AdministratorStore, type StoredCaller } from '../../store/administrators/administrator-store';
import { grantWrites } from '../../store/administrators/administrator-writes';
import { InvitationStore } from '../../store/administrators/invitation-store';
import { MappedAdministratorStore } from '../../store/administrators/mapped-administrator-store';
import { type Domain, DomainStore } from '../../store/domains/domain-store';
import { notifyWrite, withOwner } from '../../store/domains/notify-addresses';
import { addressKeyOf } from '../../store/mail/address-key';
import { profileKey } from '../../store/table/administrator-keys';
import { DEPLOYMENT } from '../../store/table/keys';
import { openTable } from '../../store/table/table';
import { VersionConflict } from '../../store/table/operations/transaction';
import type { Write } from '../../store/table/write';
import type { AdminRoles, DomainRole } from '../admin/admin-roles';
import type { PortalUser } from '../credentials/portal-token-verifier';
import { roleCount, takeMappedRole } from './take-mapped-role';
import { addressesChange, administratorEvent, nameOf } from './administrator-events';

export interface CallerRolesDependencies {
  readonly administrators: AdministratorStore;
  readonly invitations: InvitationStore;
  readonly mapped: Pick<MappedAdministratorStore, 'get' | 'take'>;
  readonly domains: Pick<DomainStore, 'get'>;
  readonly now: () => Date;
}

/** The largest number of roles of one portal user. The authorizer's response has room for more, but not for many more. */
const MAX_ROLES = 100;

const ATTEMPTS = 5;

/** The claims of an ID token gave the roles that the service did not have yet. */
const MIGRATION: Actor = { kind: 'system', name: 'role migration' };

/**
 * Finds the roles of portal users. They are read from the table at each request, so that a change is effective
 * immediately.
 *
 * The first request of a portal user with roles in the ID token stores these roles. From then on, the claim has no
 * effect, so a role that was removed does not come back.
 */
export class CallerRoles {
  constructor(private readonly parts: CallerRolesDependencies) {}

  /**
   * Returns the roles of a portal user. Accepts the invitations to the verified address of a user who has no role yet,
   * or who has just signed in.
   */
  async of(user: PortalUser, isSignIn: boolean): Promise<AdminRoles> {
    let stored = await this.parts.administrators.read(user.id);
    const claimed = stored.profile ? [] : claimedTexts(user.roles);
    if (claimed.length > 0) {
      await this.parts.administrators.createProfile(user.id, claimed, this.parts.now());
      stored = await this.parts.administrators.read(user.id);
    }
    if (stored.profile && stored.profile.claimedRoles.size > 0) stored = await this.migrate(user, stored);
    if (user.email !== undefined && (isSignIn || roleCount(stored) === 0)) {
      stored = await this.acceptInvitations(user, user.email, stored, isSignIn);
    }
    return adminRoles(stored);
  }

  /** Stores the claimed roles one by one, so that an interrupted migration continues. */
  private async migrate(user: PortalUser, { profile }: StoredCaller): Promise<StoredCaller> {
    for (const claimed of [...(profile?.claimedRoles ?? [])].slice(0, MAX_ROLES))
      await retryConflicts(() => this.storeClaimedRole(user, claimed));
    return this.parts.administrators.read(user.id);
  }

  private async storeClaimedRole(user: PortalUser, claimed: string): Promise<void> {
    const { profile, roles } = await this.parts.administrators.read(user.id);
    if (!profile?.claimedRoles.has(claimed)) return;
    const taken: Write = {
      update: profileKey(user.id),
      deleteElements: { claimedRoles: new Set([claimed]) },
      add: { changes: 1 },
      condition: { expression: 'contains(claimedRoles, :claimed)', values: { claimed } },
      conditionError: () => new VersionConflict(),
    };
    const { scope, role } = scopedRole(claimed);
    const target = await this.targetOf(scope);
    // The domain may have been deleted.
    if (!target || roles.some((each) => each.scope === scope))
      return this.parts.administrators.change(scope, [taken]);
    const at = this.parts.now();
    const administrator: Administrator = {
      administratorId: user.id,
      role,
      ...(user.email !== undefined && { email: user.email }),
      ...(user.name !== undefined && { name: user.name }),
      grantedAt: at.toISOString(),
      source: 'claim',
    };
    const { write, change } = notifications(target.domain, administrator);
    const resource = { id: user.id, name: nameOf(administrator) };
    await this.parts.administrators.change(
      scope,
      [taken, ...grantWrites(scope, administrator), ...write],
      administratorEvent('administrator.added', resource, MIGRATION, at, [
        { attribute: 'role', after: role },
        ...change,
      ]),
    );
  }

  private async acceptInvitations(
    user: PortalUser,
    email: string,
    stored: StoredCaller,
    isSignIn: boolean,
  ): Promise<StoredCaller> {
    if (stored.profile?.isClosed) return stored;
    const { invitations, mapped } = await this.parts.invitations.ofAddress(email);
    const missing = mapped.filter(
      ({ domainId, userId }) =>
        !stored.mappedRoles.some((each) => each.domainId === domainId && each.userId === userId),
    );
    if (invitations.length === 0 && missing.length === 0) return stored;
    for (const { scope, invitationId } of invitations)
      await retryConflicts(async () => {
        const invitation = await this.parts.invitations.get(scope, invitationId);
        if (invitation) await this.accept(user, invitation);
      });
    for (const role of missing)
      await retryConflicts(() =>
        takeMappedRole(this.parts, { user, email, ...role, maxRoles: MAX_ROLES, isSignIn }),
      );
    return this.parts.administrators.read(user.id);
  }

  private async accept(user: PortalUser, invitation: Invitation): Promise<void> {
    const at = this.parts.now();
    if (invitation.expireTime <= at.toISOString()) return;
    const { scope, role, email, createdBy } = invitation;
    const { administrators, invitations } = this.parts;
    const [{ roles, profile }, target, check] = await Promise.all([
      administrators.read(user.id),
      this.targetOf(scope),
      administrators.accountCheck(user.id),
    ]);
    if (profile?.isClosed) return;
    const former = roles.find((each) => each.scope === scope)?.role;
    if (!target || former === role || former === 'owner') return invitations.discard(invitation);
    if (former === undefined && roles.length >= MAX_ROLES) return;
    const name = personName(user, invitation);
    const administrator: Administrator = {
      administratorId: user.id,
      role,
      email,
      ...(name !== undefined && { name }),
      grantedAt: at.toISOString(),
      grantedBy: createdBy,
      source: 'invitation',
    };
    const { write, change } = notifications(target.domain, administrator);
    const actor: Actor = { kind: 'admin', id: user.id, name: nameOf(administrator) };
    await invitations.accept(invitation, administrator, {
      audit: administratorEvent('administrator.added', { id: user.id, name: email }, actor, at, [
        { attribute: 'role', ...(former !== undefined && { before: former }), after: role },
        ...change,
      ]),
      ...(former !== undefined && { former }),
      isNewAccount: check !== undefined,
      extraWrites: write,
    });
  }

  /** Returns the domain of a scope, or an empty target for the deployment; undefined if the domain does not exist. */
  private async targetOf(scope: string): Promise<{ readonly domain?: Domain } | undefined> {
    if (scope === DEPLOYMENT) return {};
    const domain = await this.parts.domains.get(scope);
    return domain && { domain };
  }
}

/** Returns the name of a new administrator. A token without a name shows the address, which says less than an invitation. */
function personName({ name, email }: PortalUser, invitation: Invitation): string | undefined {
  const isAddress = name !== undefined && email !== undefined && addressKeyOf(name) === addressKeyOf(email);
  return isAddress ? (invitation.name ?? name) : (name ?? invitation.name);
}

/** Returns the write that checks the domain of a new role, and that fills the addresses that it notifies. */
function notifications(domain: Domain | undefined, { role, email }: Administrator) {
  if (!domain) return { write: [], change: [] };
  const addresses = role === 'owner' ? withOwner(domain, email) : domain.notifyAddresses;
  return {
    write: [notifyWrite(domain, addresses)],
    change: [addressesChange(domain.notifyAddresses, addresses)],
  };
}

/** Returns the roles of a claim as texts, such as `operator` or `<domainId>:owner`. */
const claimedTexts = ({ operator, domains }: AdminRoles): string[] => [
  ...(operator ? ['operator'] : []),
  ...Object.entries(domains).map(([domainId, role]) => `${domainId}:${role}`),
];

/** Returns the role in such a text. */
function scopedRole(claimed: string): ScopedRole {
  const [domainId = '', role] = claimed.split(':');
  return role === undefined
    ? { scope: DEPLOYMENT, role: 'operator' }
    : { scope: domainId, role: role as DomainRole };
}

/** Repeats `change` with fresh data if another change came first. */
async function retryConflicts(change: () => Promise<void>): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await change();
    } catch (error) {
      if (!(error instanceof VersionConflict) || attempt === ATTEMPTS) throw error;
    }
    await backoff(attempt);
  }
}

/** Returns the roles of a caller. Of the roles in one domain, that of an owner counts. */
function adminRoles({ roles, mappedRoles }: StoredCaller): AdminRoles {
  const domains: Record<string, DomainRole> = {};
  for (const { scope, role } of roles) if (role !== 'operator') domains[scope] = role;
  for (const { domainId, role } of mappedRoles) if (domains[domainId] !== 'owner') domains[domainId] = role;
  return { operator: roles.some(({ scope }) => scope === DEPLOYMENT), domains };
}

/** Opens the roles, as the environment of the function configures them. */
export function openCallerRoles(now = () => new Date()): CallerRoles {
  const table = openTable();
  const retentionDays = Number(requireEnv(ENV.auditRetentionDays));
  return new CallerRoles({
    administrators: new AdministratorStore(table, retentionDays),
    invitations: new InvitationStore(table, retentionDays),
    mapped: new MappedAdministratorStore(table, retentionDays),
    domains: new DomainStore(table, retentionDays),
    now,
  });
}
