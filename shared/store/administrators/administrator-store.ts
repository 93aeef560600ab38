import { auditWrite, type AuditEvent } from '../audit/audit';
import {
  ACCOUNT_CHECKS_PARTITION,
  accountCheckKey,
  ADMINISTRATOR_PREFIX,
  administratorPartition,
  administratorsPartition,
  invitedPartition,
  MAPPED_ROLE_PREFIX,
  PROFILE,
  profileKey,
  ROLE_PREFIX,
} from '../table/administrator-keys';
import type { Condition } from '../table/expressions';
import { text } from '../table/read-item';
import type { Table } from '../table/table';
import { ITEM_IS_ABSENT, type Write } from '../table/write';
import {
  readAccountCheck,
  readAdministrator,
  readInvitation,
  readProfile,
  readScopedRole,
  type AccountCheck,
  type Administrator,
  type Invitation,
  type Profile,
  type ScopedRole,
} from './administrator';
import { readMappedRole, type MappedScopedRole } from './mapped-administrator';

/** The data of a portal user. `profile` is absent for a stranger. */
export interface StoredCaller {
  readonly profile?: Profile;
  readonly roles: readonly ScopedRole[];
  /** The roles from mappings. */
  readonly mappedRoles: readonly MappedScopedRole[];
}

/**
 * The administrators of all domains and of the deployment. Each change is one transaction with its audit
 * event.
 */
export class AdministratorStore {
  constructor(
    private readonly table: Table,
    private readonly auditRetentionDays: number,
  ) {}

  /** Reads the roles of a portal user with one strongly consistent query. */
  async read(callerId: string): Promise<StoredCaller> {
    let profile: Profile | undefined;
    const roles: ScopedRole[] = [];
    const mappedRoles: MappedScopedRole[] = [];
    for await (const items of this.table.pages({ pk: administratorPartition(callerId) })) {
      for (const item of items) {
        if (item.sk === PROFILE) profile = readProfile(item);
        else if (text(item, 'sk').startsWith(ROLE_PREFIX)) roles.push(readScopedRole(item));
        else if (text(item, 'sk').startsWith(MAPPED_ROLE_PREFIX)) mappedRoles.push(readMappedRole(item));
      }
    }
    return { ...(profile && { profile }), roles, mappedRoles };
  }

  /** Returns the administrators of a scope, and the invitations to it, also those that have expired. */
  async list(scope: string): Promise<{ administrators: Administrator[]; invitations: Invitation[] }> {
    const administrators: Administrator[] = [];
    const invitations: Invitation[] = [];
    for await (const items of this.table.pages({ pk: administratorsPartition(scope) })) {
      for (const item of items) {
        if (text(item, 'sk').startsWith(ADMINISTRATOR_PREFIX)) administrators.push(readAdministrator(item));
        else invitations.push(readInvitation(item));
      }
    }
    return { administrators, invitations };
  }

  /** Stores the roles of a claim with the profile of a portal user, unless there is a profile. */
  async createProfile(callerId: string, claimedRoles: readonly string[], at: Date): Promise<void> {
    await this.table.put(
      {
        ...profileKey(callerId),
        createdAt: at.toISOString(),
        ...(claimedRoles.length > 0 && { claimedRoles: new Set(claimedRoles) }),
      },
      { condition: ITEM_IS_ABSENT },
    );
  }

  /**
   * Makes a change of the roles, with its audit event in the log of the scope. Throws the `conditionError` of
   * the first write whose condition fails.
   */
  async change(scope: string, writes: readonly Write[], audit?: AuditEvent): Promise<void> {
    await this.table.transact([
      ...writes,
      ...(audit ? [auditWrite(scope, audit, this.auditRetentionDays)] : []),
    ]);
  }

  /** Returns the accounts that are due to be checked. */
  async dueAccountChecks(now: Date): Promise<AccountCheck[]> {
    const due: AccountCheck[] = [];
    for await (const items of this.table.pages({ pk: ACCOUNT_CHECKS_PARTITION }))
      due.push(...items.map(readAccountCheck).filter(({ dueAt }) => dueAt <= now.getTime()));
    return due;
  }

  /** Returns the check of an account that nobody has used yet, or that may have to be deleted. */
  async accountCheck(callerId: string): Promise<AccountCheck | undefined> {
    const item = await this.table.get(accountCheckKey(callerId));
    return item && readAccountCheck(item);
  }

  /** Makes a check of an account due. */
  async putAccountCheck(callerId: string, email: string, now: Date): Promise<void> {
    await this.table.put({ ...accountCheckKey(callerId), email, dueAt: now.getTime() });
  }

  /** Deletes a check, unless it has been renewed since it was read. */
  async endAccountCheck({ callerId, dueAt }: AccountCheck): Promise<void> {
    await this.table.delete(accountCheckKey(callerId), {
      condition: { expression: 'dueAt = :seen', values: { seen: dueAt } },
    });
  }

  /**
   * Prevents that a portal user gets a role again. Returns false if the roles have changed since `seen` was
   * read.
   */
  async close(callerId: string, seen: Profile | undefined): Promise<boolean> {
    const { written } = await this.table.update(
      profileKey(callerId),
      { set: { isClosed: true } },
      { condition: seen ? isUnchanged(seen) : ITEM_IS_ABSENT },
    );
    return written;
  }

  /** Returns whether an address has an invitation that is valid at `now`. */
  async isInvited(addressKey: string, now: Date): Promise<boolean> {
    const { items } = await this.table.query({ pk: invitedPartition(addressKey) });
    return items.some((item) => text(item, 'expireTime') > now.toISOString());
  }
}

/** The first change of the roles adds the number of changes. */
const isUnchanged = ({ changes }: Profile): Condition =>
  changes === 0
    ? { expression: 'attribute_exists(pk) AND attribute_not_exists(changes)' }
    : { expression: 'changes = :seen', values: { seen: changes } };
