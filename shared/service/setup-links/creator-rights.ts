import type { Invitation } from '../../store/administrators/administrator';
import { AdministratorStore, type StoredCaller } from '../../store/administrators/administrator-store';
import type { Actor } from '../../store/audit/audit';
import type { SetupLink } from '../../store/setup-links/setup-link';
import { SetupLinkStore } from '../../store/setup-links/setup-link-store';
import { mappedRoleKey, roleKey } from '../../store/table/administrator-keys';
import { DEPLOYMENT, type ItemKey } from '../../store/table/keys';
import { VersionConflict } from '../../store/table/operations/transaction';
import type { Table } from '../../store/table/table';
import type { Write } from '../../store/table/write';
import { ADMIN_TOKEN_ID, linkIdOfCaller } from '../credentials/caller-identity';

/** The service withdraws invitations and revokes links whose creators have lost the right. */
export const CREATOR_CHECK: Actor = { kind: 'system', name: 'creator check' };

export interface CreatorRightsDependencies {
  readonly administrators: Pick<AdministratorStore, 'read'>;
  readonly links: Pick<SetupLinkStore, 'get'>;
}

/** A role that allows its holder to invite and to create links, with the item that the authorizer reads. */
interface Right {
  readonly key: ItemKey;
  readonly role: string;
}

/**
 * Decides whether the administrator who created an invitation or a setup link may still create it: as an
 * operator, or as an owner of the domain. An operator can have created some in any domain, so a removal does
 * not look for them. They have no effect from then on instead. Those that the admin token created have no
 * such administrator, and are always valid.
 */
export class CreatorRights {
  constructor(private readonly parts: CreatorRightsDependencies) {}

  /**
   * Returns the writes that fail with `VersionConflict` unless the creator of an invitation still has the
   * right; undefined if the creator has lost it. The creator of a setup link answers for an invitation that
   * the link sent.
   */
  async checksOfInvitation({
    scope,
    createdBy,
  }: Pick<Invitation, 'scope' | 'createdBy'>): Promise<Write[] | undefined> {
    const linkId = linkIdOfCaller(createdBy);
    if (linkId === undefined) return this.checksOf(scope, createdBy);
    // A link is stored for longer than its invitations are valid.
    const link = await this.parts.links.get(scope, linkId);
    return link && this.checksOf(scope, link.creatorId);
  }

  /** Returns whether the creator of a setup link still has the right. */
  async isValidLink(domainId: string, { creatorId }: Pick<SetupLink, 'creatorId'>): Promise<boolean> {
    return (await this.checksOf(domainId, creatorId)) !== undefined;
  }

  /** Returns the ids of the invitations whose creators have lost the right. Reads each creator once. */
  async endedInvitations(invitations: readonly Invitation[]): Promise<ReadonlySet<string>> {
    const rights = this.readingOnce();
    const checks = await Promise.all(invitations.map((each) => rights.checksOfInvitation(each)));
    return new Set(invitations.filter((_, at) => !checks[at]).map(({ invitationId }) => invitationId));
  }

  /** Returns the ids of the links whose creators have lost the right. Reads each creator once. */
  async endedLinks(domainId: string, links: readonly SetupLink[]): Promise<ReadonlySet<string>> {
    const rights = this.readingOnce();
    const isValid = await Promise.all(links.map((link) => rights.isValidLink(domainId, link)));
    return new Set(links.filter((_, at) => !isValid[at]).map(({ linkId }) => linkId));
  }

  private readingOnce(): CreatorRights {
    const { administrators, links } = this.parts;
    const callers = new Map<string, Promise<StoredCaller>>();
    const read = (id: string): Promise<StoredCaller> => {
      const caller = callers.get(id) ?? administrators.read(id);
      callers.set(id, caller);
      return caller;
    };
    return new CreatorRights({ administrators: { read }, links });
  }

  private async checksOf(scope: string, creatorId: string | undefined): Promise<Write[] | undefined> {
    if (creatorId === undefined) return undefined;
    if (creatorId === ADMIN_TOKEN_ID) return [];
    const right = rightIn(scope, creatorId, await this.parts.administrators.read(creatorId));
    return right && [rightCheck(right)];
  }
}

/** Finds a role of a portal user with which the user can invite to a scope and create setup links of it. */
function rightIn(scope: string, id: string, { roles, mappedRoles }: StoredCaller): Right | undefined {
  const allowing = roles.filter(
    (each) => each.scope === DEPLOYMENT || (each.scope === scope && each.role === 'owner'),
  );
  const mapped = mappedRoles.filter(({ domainId, role }) => domainId === scope && role === 'owner');
  return [
    ...allowing.map((each) => ({ key: roleKey(id, each.scope), role: each.role })),
    ...mapped.map(({ domainId, userId, role }) => ({ key: mappedRoleKey(id, domainId, userId), role })),
  ][0];
}

const rightCheck = ({ key, role }: Right): Write => ({
  check: key,
  condition: { expression: '#role = :creatorRole', values: { creatorRole: role } },
  conditionError: () => new VersionConflict(),
});

/** Opens the rights on a table. They only read it. */
export const openCreatorRights = (table: Table): CreatorRights =>
  new CreatorRights({
    administrators: new AdministratorStore(table, 0),
    links: new SetupLinkStore(table, 0),
  });
