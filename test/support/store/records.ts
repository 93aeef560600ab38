import { randomUUID } from 'node:crypto';
import { newId } from '../../../shared/id';
import type { Attributes } from '../../../shared/scim/resource';
import { nameKeyOf } from '../../../shared/scim/text/name-key';
import type { UserSettings } from '../../../shared/service/users/users';
import type { AuditAction, AuditEvent } from '../../../shared/store/audit/audit';
import type { Credential } from '../../../shared/store/credentials/credential';
import type { Domain } from '../../../shared/store/domains/domain-store';
import type { ItemKey } from '../../../shared/store/table/keys';
import type { Item } from '../../../shared/store/table/read-item';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import type { Table } from '../../../shared/store/table/table';
import type { UserChange } from '../../../shared/store/users/user-store';

export const AT = '2026-03-01T12:00:00.000Z';
export const RETENTION_DAYS = 30;
export const USER_SETTINGS: UserSettings = {
  auditRetentionDays: RETENTION_DAYS,
  keyGraceDays: 30,
  requireMailAddress: false,
};

/** Each test uses a new domain, so that tests do not meet in the shared table. */
export const newDomainId = (): string => randomUUID();

export const domainRecord = (more: Partial<Domain> = {}): Domain => ({
  domainId: newId(),
  name: 'Example',
  scimAvailable: true,
  scimEnabled: true,
  ratePlan: 'standard',
  createdAt: AT,
  usageKeyId: 'usage',
  usageIdentifierKey: 'a-value-of-twenty-characters',
  mailDelayMinutes: 0,
  mailPaused: false,
  notifyAddresses: [],
  version: 1,
  ...more,
});

/** Returns a SCIM key that was created alone. */
export const credentialRecord = (keyId: string, more: Partial<Credential> = {}): Credential => ({
  keyId,
  type: 'scim-key',
  connectionId: keyId,
  name: 'Okta',
  hash: 'h',
  createdAt: AT,
  ...more,
});

export const userRecord = (userName: string, attributes: Attributes = {}): ResourceRecord => ({
  id: newId(),
  attributes: { userName, active: true, ...attributes },
  version: 1,
  created: AT,
  lastModified: AT,
  groupIds: [],
  memberCount: 0,
  nameKey: nameKeyOf(userName),
});

export const groupRecord = (displayName: string, attributes: Attributes = {}): ResourceRecord => ({
  ...userRecord(displayName),
  attributes: { displayName, ...attributes },
});

export const auditEvent = (action: AuditAction, resourceId: string): AuditEvent => ({
  id: newId(),
  at: AT,
  action,
  resourceId,
  requestId: 'request-1',
  actor: { kind: 'scimKey', keyId: 'key-1' },
});

/** A change of a user that activates the license. */
export function activatingChange(user: ResourceRecord, change: Partial<UserChange> = {}): UserChange {
  const changeId = newId();
  return {
    audit: auditEvent('user.created', user.id),
    holder: {
      email: 'jane.doe@example.com',
      userName: user.attributes.userName as string,
      userType: 'Basic User',
    },
    license: { status: 'active', changeId, activationId: changeId },
    ...change,
  };
}

export const readItem = (table: Table, key: ItemKey): Promise<Item | undefined> => table.get(key);

/** Returns the items of a partition, up to 1 MB. */
export const queryItems = async (table: Table, pk: string): Promise<readonly Item[]> =>
  (await table.query({ pk })).items;
