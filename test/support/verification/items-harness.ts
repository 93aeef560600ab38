import { isDeepStrictEqual } from 'node:util';
import { newId } from '../../../shared/id';
import { consumedCapacity } from '../../../shared/logging/consumed-capacity';
import { Users } from '../../../shared/service/users/users';
import { Groups } from '../../../shared/service/groups/groups';
import {
  ItemVerifications,
  type ItemVerification,
  type ItemVerificationRequest,
} from '../../../shared/service/verification/item-verification';
import { grantWrites } from '../../../shared/store/administrators/administrator-writes';
import { DomainStore } from '../../../shared/store/domains/domain-store';
import { spreadGroup } from '../../../shared/store/groups/group-heads';
import { addressKeyOf } from '../../../shared/store/mail/address-key';
import {
  invitationKey,
  invitedKey,
  mappedAdministratorKey,
  mappedInvitedKey,
  mappedRoleKey,
} from '../../../shared/store/table/administrator-keys';
import {
  consumersStateKey,
  eventsConsumerKey,
  mappingsConsumerKey,
  subscriptionKey,
} from '../../../shared/store/table/event-keys';
import {
  connectionKey,
  credentialKey,
  licenseKeyKey,
  licenseRecordKey,
  mappingsKey,
  type ItemKey,
} from '../../../shared/store/table/keys';
import { mailKey, outboxKey, outboxMinuteKey } from '../../../shared/store/table/mail-keys';
import type { Item } from '../../../shared/store/table/read-item';
import { keyOf } from '../../../shared/store/table/read-item';
import type { Table } from '../../../shared/store/table/table';
import type { Caller } from '../../../shared/service/resources/caller';
import { createCaller } from '../requests/caller';
import { auditEvent, domainRecord, RETENTION_DAYS, USER_SETTINGS } from '../store/records';
import { OPERATOR } from '../system/system';

/** The time at which the email of Bob is due. */
export const DUE_AT = '2030-01-02T03:04:05.000Z';

const textOf = ({ pk, sk }: ItemKey): string => JSON.stringify([pk, sk]);

/** A domain that has each kind of item that is verified. Nothing reads the stream of its table. */
export class ItemsHarness {
  readonly caller: Caller = createCaller();
  readonly domainId = this.caller.domainId;
  ada = '';
  bob = '';
  team = '';
  readonly subscriptionId = newId();
  readonly connectionId = newId();
  readonly trustId = newId();
  readonly invitationId = newId();
  private items = new Map<string, Item>();

  /** The items that were built, without audit events. */
  former = new Map<string, Item>();

  constructor(readonly table: Table) {}

  async build(): Promise<this> {
    const { domainId, table } = this;
    const domain = domainRecord({ domainId, mappingsVersion: 1 });
    await new DomainStore(table, RETENTION_DAYS).create(domain, auditEvent('domain.created', domainId));
    this.ada = await this.createUser({ emails: [{ value: `${newId()}@example.org`, primary: true }] });
    this.bob = await this.createUser();
    const groups = new Groups(table, RETENTION_DAYS, this.caller);
    const members = [this.ada, this.bob].map((value) => ({ value }));
    this.team = String((await groups.create({ displayName: 'Team', members })).id);
    await spreadGroup(table, domainId, this.team);
    await this.addMails();
    await this.addSettings();
    await this.addAdministrators();
    for (const item of await this.scan()) this.items.set(textOf(keyOf(item)), item);
    this.former = await this.state([...this.items.values()]);
    return this;
  }

  async createUser(attributes: object = {}): Promise<string> {
    const users = new Users(this.table, USER_SETTINGS, this.caller);
    return String((await users.create({ userName: `${newId()}@example.com`, ...attributes })).id);
  }

  async changeOf(userId: string): Promise<string> {
    return String((await this.table.get(licenseRecordKey(this.domainId, userId)))?.changeId);
  }

  private async addMails(): Promise<void> {
    const { table, domainId, ada, bob } = this;
    const [first, second] = [await this.changeOf(ada), await this.changeOf(bob)];
    const sentAt = '2026-03-01T12:00:00.000Z';
    const sent = { kind: 'license-key', status: 'sent', sentAt, ttl: 4_102_444_800 };
    await table.put({ ...mailKey(domainId, ada, first), ...sent });
    await table.put({ ...mailKey(domainId, bob, second), kind: 'license-key', status: 'due', dueAt: DUE_AT });
    const entry = { domainId, userId: bob, mailId: second, dueAt: DUE_AT };
    await table.put({ ...outboxKey(DUE_AT, domainId, bob, second), ...entry });
    await table.put({ ...outboxMinuteKey(DUE_AT, domainId), domainId });
    await table.put({ ...licenseKeyKey(`hash of ${domainId}`), domainId, userId: ada, activationId: first });
  }

  private async addSettings(): Promise<void> {
    const { table, domainId, subscriptionId, connectionId, trustId } = this;
    const mappings = { mappings: [], organizations: [], version: 1, revision: 1 };
    await table.put({ ...mappingsKey(domainId), ...mappings });
    await table.put({ ...mappingsConsumerKey(domainId) });
    await table.put({
      ...subscriptionKey(domainId, subscriptionId),
      subscriptionId,
      content: 'full',
      version: 1,
    });
    await table.put({ ...eventsConsumerKey(domainId, subscriptionId), full: true });
    await table.put({ ...consumersStateKey, version: 1 });
    await table.put({
      ...connectionKey(domainId, connectionId),
      connectionId,
      trustIds: [trustId],
      version: 1,
    });
    await table.put({ ...credentialKey(domainId, trustId), keyId: trustId, connectionId });
  }

  private async addAdministrators(): Promise<void> {
    const { table, domainId, invitationId, bob } = this;
    const administrator = {
      ...{ administratorId: 'carol', role: 'owner', email: 'carol@example.com' },
      ...{ grantedAt: '2026-03-01T12:00:00.000Z', grantedBy: 'operator' },
    } as const;
    await table.transact(grantWrites(domainId, administrator as never));
    const email = 'Dora@example.com';
    const expireTime = '2099-03-01T12:00:00.000Z';
    await table.put({ ...invitationKey(domainId, invitationId), scope: domainId, email, expireTime });
    await table.put({ ...invitedKey(addressKeyOf(email), domainId), invitationId, expireTime });
    const mapped = { role: 'viewer', email: 'bob@example.com', administratorId: 'portal-bob', revision: 1 };
    await table.put({ ...mappedAdministratorKey(domainId, bob), ...mapped });
    await table.put({ ...mappedRoleKey('portal-bob', domainId, bob), role: 'viewer' });
    await table.put({
      ...mappedInvitedKey(addressKeyOf(mapped.email), domainId, bob),
      invitationId: bob,
      expireTime,
    });
  }

  /** Verifies all parts, with a new verification for each, as requests do. */
  async verify(
    request: Partial<ItemVerificationRequest> = {},
    { everything = false, partMs = 60_000 } = {},
  ): Promise<Omit<ItemVerification, 'next'> & { parts: number }> {
    const total = { checked: 0, repaired: 0, readUnits: 0, parts: 0 };
    const problems = [];
    let from = request.from;
    do {
      const readUnits = () => consumedCapacity().read;
      const options = { auditRetentionDays: RETENTION_DAYS, readUnits, partMs };
      const verifications = new ItemVerifications(
        this.table,
        everything ? undefined : this.domainId,
        OPERATOR,
        options,
      );
      const part = await verifications.verify({ repair: false, scan: true, ...request, from });
      total.checked += part.checked;
      total.repaired += part.repaired;
      total.readUnits += part.readUnits;
      total.parts++;
      problems.push(...part.problems);
      from = part.next;
    } while (from);
    return { ...total, problems };
  }

  async scan(): Promise<Item[]> {
    const items: Item[] = [];
    let after: ItemKey | undefined;
    do {
      const page = await this.table.scan({ ...(after && { after }) });
      items.push(...page.items);
      after = page.next;
    } while (after);
    return items;
  }

  /** Returns the items as they are, by key, without audit events. */
  async state(all?: readonly Item[]): Promise<Map<string, Item>> {
    const items = (all ?? (await this.scan())).filter(({ pk }) => !String(pk).endsWith('#AUDIT'));
    return new Map(items.map((item) => [textOf(keyOf(item)), item]));
  }

  /** Undoes everything since the domain was built. */
  async restore(): Promise<void> {
    const items = new Map((await this.scan()).map((item) => [textOf(keyOf(item)), item]));
    for (const [key, item] of items) if (!this.items.has(key)) await this.table.delete(keyOf(item));
    for (const [key, item] of this.items)
      if (!isDeepStrictEqual(items.get(key), item)) await this.table.put({ ...item, ...keyOf(item) });
  }
}
