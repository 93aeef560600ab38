import { ENV, requireEnv } from '../../env';
import { backoff } from '../../retry/backoff';
import type { Actor } from '../../store/audit/audit';
import type { Administrator, ScopedRole } from '../../store/administrators/administrator';
import { AdministratorStore, type StoredCaller } from '../../store/administrators/administrator-store';
import { grantWrites } from '../../store/administrators/administrator-writes';
import { InvitationStore } from '../../store/administrators/invitation-store';
import { MappedAdministratorStore } from '../../store/administrators/mapped-administrator-store';
import { ConnectionStore } from '../../store/credentials/connection-store';
import { DomainStore } from '../../store/domains/domain-store';
import { profileKey } from '../../store/table/administrator-keys';
import { DEPLOYMENT } from '../../store/table/keys';
import { openTable } from '../../store/table/table';
import { VersionConflict } from '../../store/table/operations/transaction';
import type { Write } from '../../store/table/write';
import type { AdminRoles, DomainRole } from '../admin/admin-roles';
import type { PortalUser } from '../credentials/portal-token-verifier';
import { type CreatorRights, openCreatorRights } from '../setup-links/creator-rights';
import { acceptInvitation, notifications, targetOf } from './accept-invitation';
import { administratorEvent, administratorName } from './administrator-events';
import { roleCount, takeMappedRole } from './take-mapped-role';

export interface CallerRolesDependencies {
  readonly administrators: AdministratorStore;
  readonly invitations: InvitationStore;
  readonly mapped: Pick<MappedAdministratorStore, 'get' | 'take'>;
  /** The rights of those who sent the invitations. */
  readonly creators: Pick<CreatorRights, 'checksOfInvitation'>;
  /** The connections whose confirmation the roles of mappings depend on. */
  readonly connections: Pick<ConnectionStore, 'get'>;
  readonly domains: Pick<DomainStore, 'get'>;
  readonly now: () => Date;
}

/**
 * The largest number of roles of one portal user. The authorizer's response has room for more, but not for
 * many more.
 */
const MAX_ROLES = 100;

const ATTEMPTS = 5;

/** The claims of an ID token gave the roles that the service did not have yet. */
const MIGRATION: Actor = { kind: 'system', name: 'role migration' };

/**
 * Finds the roles of portal users. They are read from the table at each request, so that a change is
 * effective immediately.
 *
 * The first request of a portal user with roles in the ID token stores these roles. From then on, the claim
 * has no effect, so a role that was removed does not come back.
 */
export class CallerRoles {
  constructor(private readonly parts: CallerRolesDependencies) {}

  /**
   * Returns the roles of a portal user. Accepts the invitations to the verified address of a user who has no
   * role yet, or who has just signed in.
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
      await retryRoleChange(() => this.storeClaimedRole(user, claimed));
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
    const target = await targetOf(this.parts.domains, scope);
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
    const resource = { id: user.id, name: administratorName(administrator) };
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
      await retryRoleChange(async () => {
        const invitation = await this.parts.invitations.get(scope, invitationId);
        if (invitation) await acceptInvitation(this.parts, { user, invitation, maxRoles: MAX_ROLES });
      });
    for (const role of missing)
      await retryRoleChange(() =>
        takeMappedRole(this.parts, { user, email, ...role, maxRoles: MAX_ROLES, isSignIn }),
      );
    return this.parts.administrators.read(user.id);
  }
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
async function retryRoleChange(change: () => Promise<void>): Promise<void> {
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
    creators: openCreatorRights(table),
    connections: new ConnectionStore(table, retentionDays),
    domains: new DomainStore(table, retentionDays),
    now,
  });
}
