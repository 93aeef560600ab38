import type { Actor, AttributeChange } from '../../store/audit/audit';
import type { Administrator, AdministratorRole } from '../../store/administrators/administrator';
import type { AdministratorStore } from '../../store/administrators/administrator-store';
import {
  accountCheckWrite,
  ownerCheck,
  removalWrites,
  roleChangeWrites,
} from '../../store/administrators/administrator-writes';
import type { InvitationStore } from '../../store/administrators/invitation-store';
import type { SetupLinkStore } from '../../store/setup-links/setup-link-store';
import type { Domain, DomainStore } from '../../store/domains/domain-store';
import { notifyWrite, withoutOwner, withOwner } from '../../store/domains/notify-addresses';
import { DEPLOYMENT } from '../../store/table/keys';
import type { Write } from '../../store/table/write';
import { AdminError } from '../admin/admin-error';
import type { DomainRole } from '../admin/admin-roles';
import { domainNotFound } from '../domains/domain-admin';
import { retryDomainChange } from '../domains/retry-domain-change';
import { linkRevocations } from '../setup-links/links-of-administrator';
import type { AccountChecks } from './account-checks';
import { withdrawInvitationsOf } from './invitations-of-administrator';
import { addressesChange, administratorEvent, administratorName } from './administrator-events';

export interface AdministratorAdminDependencies {
  readonly administrators: AdministratorStore;
  readonly invitations: Pick<InvitationStore, 'withdraw'>;
  readonly domains: Pick<DomainStore, 'get'>;
  readonly links: SetupLinkStore;
  readonly checks: Pick<AccountChecks, 'checkAccount'>;
  readonly now: () => Date;
}

/**
 * Administers the administrators of a scope: a domain, or the deployment. Throws `AdminError`. A change is
 * effective immediately, and one transaction with its audit event. A domain keeps its last owner.
 */
export class AdministratorAdmin {
  constructor(private readonly parts: AdministratorAdminDependencies) {}

  /** Returns the administrators of a scope, in the order of their names. */
  async list(scope: string): Promise<Administrator[]> {
    const { administrators } = await this.parts.administrators.list(scope);
    return administrators.sort((a, b) => compare(administratorName(a), administratorName(b)));
  }

  /** Changes the role in a domain. */
  async setRole(
    domainId: string,
    administratorId: string,
    role: DomainRole,
    actor: Actor,
  ): Promise<Administrator> {
    return retryDomainChange(this.parts.now, async () => {
      const { administrator, others } = await this.find(domainId, administratorId);
      if (administrator.role === role) return administrator;
      const { writes, changes } = await this.effects(domainId, administrator, role, others, actor);
      if (role !== 'owner') await withdrawInvitationsOf(this.parts, domainId, administratorId, actor);
      await this.parts.administrators.change(
        domainId,
        [...roleChangeWrites(domainId, administrator, role), ...writes],
        this.event('administrator.roleChanged', administrator, actor, [
          { attribute: 'role', before: administrator.role, after: role },
          ...changes,
        ]),
      );
      return { ...administrator, role };
    });
  }

  /**
   * Removes an administrator. An account of the user pool that the service created is deleted with its last
   * role.
   */
  async remove(scope: string, administratorId: string, actor: Actor): Promise<void> {
    await retryDomainChange(this.parts.now, async () => {
      const { administrator, others } = await this.find(scope, administratorId);
      const { writes, changes } = await this.effects(scope, administrator, undefined, others, actor);
      await withdrawInvitationsOf(this.parts, scope, administratorId, actor);
      await this.parts.administrators.change(
        scope,
        [...removalWrites(scope, administrator), ...(await this.accountWrites(administrator)), ...writes],
        this.event('administrator.removed', administrator, actor, [
          { attribute: 'role', before: administrator.role },
          ...changes,
        ]),
      );
    });
    await this.parts.checks.checkAccount(administratorId);
  }

  private async find(
    scope: string,
    administratorId: string,
  ): Promise<{ administrator: Administrator; others: readonly Administrator[] }> {
    const { administrators } = await this.parts.administrators.list(scope);
    const administrator = administrators.find((each) => each.administratorId === administratorId);
    if (!administrator) throw administratorNotFound(administratorId);
    return { administrator, others: administrators.filter((each) => each !== administrator) };
  }

  /**
   * Returns what follows from a new role in a domain, or from none: another owner has to stay, the addresses
   * that the domain notifies follow its owners, and somebody who may not change the domain anymore loses the
   * setup links. What an operator created in domains needs no writes: each use of it checks the creator
   * (`CreatorRights`).
   */
  private async effects(
    scope: string,
    administrator: Administrator,
    role: AdministratorRole | undefined,
    others: readonly Administrator[],
    actor: Actor,
  ): Promise<{ writes: Write[]; changes: AttributeChange[] }> {
    if (scope === DEPLOYMENT) return { writes: [], changes: [] };
    const { domains, links, now } = this.parts;
    const domain = await domains.get(scope);
    if (!domain) throw domainNotFound(scope);
    const isOwner = administrator.role === 'owner';
    const successor = isOwner ? anotherOwner(others) : undefined;
    const addresses = addressesAfter(domain, administrator, role, others);
    return {
      writes: [
        ...(successor ? [ownerCheck(scope, successor.administratorId)] : []),
        notifyWrite(domain, addresses),
        ...(role === 'owner' ? [] : await linkRevocations(links, scope, administrator, actor, now())),
      ],
      changes: [addressesChange(domain.notifyAddresses, addresses)],
    };
  }

  /** Returns the writes that let a check delete the account, if the service created it. */
  private async accountWrites({ administratorId, email }: Administrator): Promise<Write[]> {
    const { profile } = await this.parts.administrators.read(administratorId);
    if (!profile?.hasOwnAccount || email === undefined) return [];
    return [accountCheckWrite(administratorId, email, this.parts.now().getTime())];
  }

  private event(
    action: 'administrator.roleChanged' | 'administrator.removed',
    administrator: Administrator,
    actor: Actor,
    changes: readonly AttributeChange[],
  ) {
    const resource = { id: administrator.administratorId, name: administratorName(administrator) };
    return administratorEvent(action, resource, actor, this.parts.now(), changes);
  }
}

/** Throws if no owner would be left. */
function anotherOwner(others: readonly Administrator[]): Administrator {
  const owner = others.find(({ role }) => role === 'owner');
  if (owner) return owner;
  throw new AdminError(
    'This is the last owner of the domain. Make somebody else an owner first, so that the domain keeps one.',
    'conflict',
  );
}

function addressesAfter(
  domain: Domain,
  { role: former, email }: Administrator,
  role: AdministratorRole | undefined,
  others: readonly Administrator[],
): readonly string[] {
  if (role === 'owner') return withOwner(domain, email);
  if (former !== 'owner') return domain.notifyAddresses;
  const successor = others.find((each) => each.role === 'owner' && each.email !== undefined)?.email;
  return withoutOwner(domain, email, successor);
}

const compare = (a: string, b: string): number => a.localeCompare(b, 'en');

const administratorNotFound = (administratorId: string): AdminError =>
  new AdminError(`There is no administrator "${administratorId.slice(0, 100)}".`, 'notFound');
