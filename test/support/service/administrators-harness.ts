import { newId } from '../../../shared/id';
import type { AdminRoles } from '../../../shared/service/admin/admin-roles';
import { AccountChecks } from '../../../shared/service/administrators/account-checks';
import { AdministratorAdmin } from '../../../shared/service/administrators/administrator-admin';
import { CallerRoles } from '../../../shared/service/administrators/caller-roles';
import { ConfirmedConnections } from '../../../shared/service/administrators/confirmed-connections';
import { InvitationAdmin } from '../../../shared/service/administrators/invitation-admin';
import type { Accounts } from '../../../shared/service/administrators/invited-account';
import { MappedAdministrators } from '../../../shared/service/administrators/mapped-administrators';
import { MappedInvitations } from '../../../shared/service/administrators/mapped-invitations';
import type { PortalUser } from '../../../shared/service/credentials/portal-token-verifier';
import { openCreatorRights } from '../../../shared/service/setup-links/creator-rights';
import { SetupLinkAdmin } from '../../../shared/service/setup-links/setup-link-admin';
import { AdministratorStore } from '../../../shared/store/administrators/administrator-store';
import { InvitationStore } from '../../../shared/store/administrators/invitation-store';
import { MappedAdministratorStore } from '../../../shared/store/administrators/mapped-administrator-store';
import type { Actor, AuditEvent } from '../../../shared/store/audit/audit';
import { AuditLog } from '../../../shared/store/audit/audit-log';
import { ConnectionStore } from '../../../shared/store/credentials/connection-store';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { ResourceStore } from '../../../shared/store/resources/resource-store';
import { SetupLinkStore } from '../../../shared/store/setup-links/setup-link-store';
import type { Table } from '../../../shared/store/table/table';
import { auditEvent, domainRecord, RETENTION_DAYS } from '../store/records';

export const OPERATOR: Actor = { kind: 'admin', id: 'operator', name: 'Admin token' };
export const NO_ROLES: AdminRoles = { operator: false, domains: {} };

/** A user pool in memory. */
class MemoryAccounts implements Accounts {
  readonly accounts = new Map<string, string>();
  readonly deleted: string[] = [];
  /** Thrown by the next call. */
  failure: Error | undefined;

  async create(email: string) {
    this.fail();
    const isNew = !this.accounts.has(email);
    if (isNew) this.accounts.set(email, newId());
    return Promise.resolve({ subject: this.accounts.get(email) ?? '', isNew, isUsable: true });
  }

  async delete(subject: string) {
    this.fail();
    for (const [email, id] of this.accounts) if (id === subject) this.accounts.delete(email);
    this.deleted.push(subject);
    return Promise.resolve();
  }

  private fail(): void {
    const { failure } = this;
    this.failure = undefined;
    if (failure) throw failure;
  }
}

/** The services of administrators on one table, with a clock that tests set. */
export class AdministratorsHarness {
  readonly accounts = new MemoryAccounts();
  readonly store: AdministratorStore;
  readonly domains: DomainStore;
  readonly links: SetupLinkStore;
  readonly mappedStore: MappedAdministratorStore;
  readonly connections: ConnectionStore;
  readonly errors: unknown[] = [];
  readonly notified: string[] = [];
  /** False if the domains have used up the emails of the hour. */
  hasMails = true;
  /** Thrown by emails. */
  mailFailure: Error | undefined;
  clock = Date.parse('2030-01-01T12:00:00.000Z');
  private readonly now = () => new Date(this.clock);

  constructor(readonly table: Table) {
    this.store = new AdministratorStore(table, RETENTION_DAYS);
    this.domains = new DomainStore(table, RETENTION_DAYS);
    this.links = new SetupLinkStore(table, RETENTION_DAYS);
    this.mappedStore = new MappedAdministratorStore(table, RETENTION_DAYS);
    this.connections = new ConnectionStore(table, RETENTION_DAYS);
  }

  get parts() {
    const { now, domains, connections, store: administrators } = this;
    const invitations = new InvitationStore(this.table, RETENTION_DAYS);
    const creators = openCreatorRights(this.table);
    return { now, domains, connections, administrators, invitations, creators, mapped: this.mappedStore };
  }

  get checks(): AccountChecks {
    const { parts, accounts, errors } = this;
    return new AccountChecks({ ...parts, accounts, onError: (error) => errors.push(error) });
  }

  get admin(): AdministratorAdmin {
    return new AdministratorAdmin({ ...this.parts, links: this.links, checks: this.checks });
  }

  get linkAdmin(): SetupLinkAdmin {
    const { links, parts } = this;
    return new SetupLinkAdmin({ ...parts, links, portalUrl: 'https://portal.example.com', days: 7 });
  }

  get mapped(): MappedAdministrators {
    const { table, connections, mappedStore: store, now } = this;
    const groups = (domainId: string) => new ResourceStore(table, domainId, 'GROUP');
    return new MappedAdministrators({
      store,
      connections: new ConfirmedConnections({ connections, groups }),
      now,
    });
  }

  get mappedInvitations(): MappedInvitations {
    const { parts, checks, links, accounts } = this;
    return new MappedInvitations({
      ...{ ...parts, checks, links, accounts },
      claimMail: () => Promise.resolve(this.hasMails),
      notify: (invitation) => this.notify(invitation),
      onError: (_task, error) => this.errors.push(error),
    });
  }

  /** Without a user pool, portal users sign in at another issuer. */
  invitations(accounts: Accounts | 'no user pool' = this.accounts): InvitationAdmin {
    return new InvitationAdmin({
      ...this.parts,
      ...(accounts !== 'no user pool' && { accounts }),
      checks: this.checks,
      claimMail: () => Promise.resolve(this.hasMails),
      onMailError: (error) => this.errors.push(error),
      notify: (invitation) => this.notify(invitation),
    });
  }

  private notify({ email }: { readonly email: string }): Promise<undefined> {
    if (this.mailFailure) return Promise.reject(this.mailFailure);
    this.notified.push(email);
    return Promise.resolve(undefined);
  }

  get roles(): CallerRoles {
    return new CallerRoles(this.parts);
  }

  /** Creates a domain, and returns its id. */
  async createDomain(notifyAddresses: readonly string[] = []): Promise<string> {
    const domainId = newId();
    await this.domains.create(
      domainRecord({ domainId, notifyAddresses }),
      auditEvent('domain.created', domainId),
    );
    return domainId;
  }

  /** Returns the roles of a portal user who has just signed in. */
  signIn(user: Partial<PortalUser> & { id: string }): Promise<AdminRoles> {
    return this.roles.of({ roles: NO_ROLES, ...user }, true);
  }

  /** Makes a portal user an operator. Returns the user as the actor of changes. */
  async newOperator(...domains: readonly string[]): Promise<Actor & { readonly id: string }> {
    const id = newId();
    const ownerOf = Object.fromEntries(domains.map((domainId) => [domainId, 'owner' as const]));
    await this.signIn({ id, roles: { operator: true, domains: ownerOf } });
    return { kind: 'admin', id, name: 'Olga' };
  }

  /** Makes a portal user an administrator by an invitation. Returns the id of the user. */
  async join(domainId: string, email: string, role: 'owner' | 'viewer'): Promise<string> {
    await this.invitations('no user pool').invite(domainId, { email, role }, OPERATOR);
    const id = newId();
    await this.signIn({ id, email });
    return id;
  }

  async events(scope: string): Promise<readonly AuditEvent[]> {
    const { events } = await new AuditLog(this.table, scope).page(
      { action: 'administrator' },
      100,
      this.now(),
    );
    return [...events].reverse();
  }

  async notifyAddresses(domainId: string): Promise<readonly string[] | undefined> {
    return (await this.domains.get(domainId))?.notifyAddresses;
  }
}
