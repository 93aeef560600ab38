import { newId } from '../../../shared/id';
import { DomainStore, type Domain } from '../../../shared/store/domains/domain-store';
import { GroupStore } from '../../../shared/store/groups/group-store';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import { sweepDomain } from '../../../shared/store/sweep/domain-sweep';
import type { SweepContext, SweepOutcome } from '../../../shared/store/sweep/sweep-context';
import {
  diagnosticKey,
  licenseKeyKey,
  pageMarkKey,
  pendingKey,
  rateKey,
  requestKey,
  credentialKey,
  type ItemKey,
} from '../../../shared/store/table/keys';
import {
  keyReminderKey,
  mailKey,
  outboxKey,
  suppressedKey,
  suppressedUserKey,
} from '../../../shared/store/table/mail-keys';
import type { Table } from '../../../shared/store/table/table';
import { usageKey } from '../../../shared/store/usage/usage-keys';
import { UserStore } from '../../../shared/store/users/user-store';
import {
  activatingChange,
  auditEvent,
  domainRecord,
  groupRecord,
  RETENTION_DAYS,
  userRecord,
} from './records';
import { scanKeys } from './scan';

/** The time at which the sweeps of these tests run. */
export const SWEEP_TIME = new Date('2026-03-02T12:00:00.000Z');

export interface Sweep {
  readonly outcome: SweepOutcome;
  /** The number of items that each step deleted. */
  readonly swept: readonly number[];
  /** The pauses before the steps, in milliseconds. No time passes. */
  readonly pauses: readonly number[];
}

/** A domain in a table that only the test sweeps. */
export class DomainToSweep {
  readonly domainId: string;
  readonly users: UserStore;
  readonly groups: GroupStore;
  private readonly domains: DomainStore;

  private constructor(
    private readonly table: Table,
    private readonly domain: Domain,
  ) {
    this.domainId = domain.domainId;
    this.domains = new DomainStore(table, RETENTION_DAYS);
    this.users = new UserStore(table, domain.domainId, RETENTION_DAYS);
    this.groups = new GroupStore(table, domain.domainId, RETENTION_DAYS);
  }

  static async create(table: Table): Promise<DomainToSweep> {
    const created = new DomainToSweep(table, domainRecord());
    await created.domains.create(created.domain, auditEvent('domain.created', created.domainId));
    return created;
  }

  async createUser(addresses: readonly string[] = []): Promise<ResourceRecord> {
    const emails = addresses.map((value) => ({ value }));
    const user = userRecord(`${newId()}@Example.com`, { emails });
    await this.users.create(user, activatingChange(user));
    return user;
  }

  createUsers(count: number, addresses?: readonly string[]): Promise<ResourceRecord[]> {
    return Promise.all(Array.from({ length: count }, () => this.createUser(addresses)));
  }

  async createGroup(members: readonly ResourceRecord[]): Promise<ResourceRecord> {
    const group = groupRecord(`Group ${newId()}`);
    const edits = members.map(({ id }) => ({ kind: 'add', groupId: group.id, userId: id }) as const);
    await this.groups.create(group, edits, () => auditEvent('group.created', group.id));
    return group;
  }

  /** Writes at least one item in each other place where a domain can have items. */
  async fill({ id }: ResourceRecord, group: ResourceRecord): Promise<void> {
    const { domainId } = this;
    const dueAt = '2026-03-01T13:00:00.000Z';
    const put = (key: ItemKey, attributes: object = {}) => this.table.put({ ...key, ...attributes });
    await Promise.all([
      put(credentialKey(domainId, 'k'), { keyId: 'k' }),
      put(pendingKey(domainId, 'c'), { userId: id }),
      put(keyReminderKey(domainId, 'k', '30-hash'), { status: 'sent' }),
      put(mailKey(domainId, id, 'sent'), { status: 'sent', dueAt }),
      put(mailKey(domainId, id, 'due'), { status: 'due', dueAt }),
      put(outboxKey(dueAt, domainId, id, 'due'), { domainId }),
      put(suppressedKey(domainId, 'jane@example.com')),
      put(suppressedUserKey(domainId, 'jane@example.com', id), { userId: id }),
      put(diagnosticKey(domainId, 'refused#1')),
      put(rateKey(domainId, 1)),
      put(usageKey(domainId, '2026-03-01')),
      put(requestKey(domainId, 'accepted', newId())),
      put(requestKey(domainId, 'refused', newId())),
      put(licenseKeyKey(`hash-of-${id}`), { domainId, userId: id }),
      ...['USER', 'GROUP', 'USER#NAME', 'GROUP#NAME#DESCENDING', `MEMBER#${group.id}`].map((listing) =>
        put(pageMarkKey(domainId, listing, 101)),
      ),
    ]);
  }

  /** Returns the id of the audit event. */
  async delete(): Promise<string> {
    const event = auditEvent('domain.deleted', this.domainId);
    await this.domains.delete(this.domain, event);
    return event.id;
  }

  async sweep(given: Partial<SweepContext> = {}): Promise<Sweep> {
    const swept: number[] = [];
    const pauses: number[] = [];
    const outcome = await sweepDomain(this.table, this.domainId, {
      now: () => SWEEP_TIME,
      sleep: (ms) => Promise.resolve(void pauses.push(ms)),
      isTimeUp: () => false,
      onSwept: (items) => swept.push(items),
      ...given,
    });
    return { outcome, swept, pauses };
  }

  /** Returns the keys of all items in the table that name the domain. */
  remainingItems(): Promise<ItemKey[]> {
    return scanKeys(this.table, (item) => JSON.stringify(item).includes(this.domainId));
  }
}
