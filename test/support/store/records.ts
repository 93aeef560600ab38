import { randomUUID } from 'node:crypto';
import { GetCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { newId } from '../../../shared/id';
import type { Attributes } from '../../../shared/scim/resource';
import type { AuditAction, AuditEvent } from '../../../shared/store/audit/audit';
import type { Domain } from '../../../shared/store/domains/domain-store';
import type { ItemKey } from '../../../shared/store/table/keys';
import type { ResourceRecord } from '../../../shared/store/resources/resource-record';
import type { Table } from '../../../shared/store/table/table';
import type { UserChange } from '../../../shared/store/users/user-store';

export const AT = '2026-03-01T12:00:00.000Z';
export const RETENTION_DAYS = 30;

/** Every test takes a domain of its own, so that tests do not meet in the one table. */
export const newDomainId = (): string => randomUUID();

export const domainRecord = (more: Partial<Domain> = {}): Domain => ({
  domainId: newId(),
  name: 'Example',
  scimEnabled: true,
  ratePlan: 'standard',
  createdAt: AT,
  usageKeyId: 'usage',
  usageIdentifierKey: 'a-value-of-twenty-characters',
  mailDelayMinutes: 0,
  version: 1,
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
});

export const groupRecord = (displayName: string, attributes: Attributes = {}): ResourceRecord => ({
  ...userRecord(''),
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

/** A change of a user that brings an active license with it. */
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

export async function readItem(table: Table, Key: ItemKey): Promise<Record<string, unknown> | undefined> {
  const { Item } = await table.client.send(
    new GetCommand({ TableName: table.name, Key, ConsistentRead: true }),
  );
  return Item;
}

export async function queryItems(table: Table, pk: string): Promise<Record<string, unknown>[]> {
  const { Items = [] } = await table.client.send(
    new QueryCommand({
      TableName: table.name,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': pk },
      ConsistentRead: true,
    }),
  );
  return Items;
}
