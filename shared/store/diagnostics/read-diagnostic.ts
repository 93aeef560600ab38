import { number, oneOf, optionalText, text, type Item } from '../table/read-item';
import type {
  DuplicateNameNotice,
  IgnoredAttribute,
  RefusedRequests,
  UndeliverableAddress,
  UnknownFilterAttribute,
  UnknownMembers,
} from './diagnostic';

export const readRefusedRequests = (item: Item): RefusedRequests => ({
  connectionId: optionalText(item, 'connectionId'),
  method: text(item, 'method'),
  route: text(item, 'route'),
  status: number(item, 'status'),
  scimType: optionalText(item, 'scimType'),
  userAgent: optionalText(item, 'userAgent'),
  detail: text(item, 'detail'),
  count: number(item, 'count'),
  lastAt: text(item, 'lastAt'),
});

export const readIgnoredAttribute = (item: Item): IgnoredAttribute => ({
  connectionId: optionalText(item, 'connectionId'),
  resourceType: text(item, 'resourceType'),
  attribute: text(item, 'attribute'),
  reason: optionalText(item, 'reason'),
  userAgent: optionalText(item, 'userAgent'),
  lastAt: text(item, 'lastAt'),
});

export const readUnknownFilterAttribute = (item: Item): UnknownFilterAttribute => ({
  connectionId: optionalText(item, 'connectionId'),
  resourceTypes: text(item, 'resourceTypes').split(' '),
  attribute: text(item, 'attribute'),
  userAgent: optionalText(item, 'userAgent'),
  lastAt: text(item, 'lastAt'),
});

export const readUnknownMembers = (item: Item): UnknownMembers => ({
  connectionId: optionalText(item, 'connectionId'),
  attribute: oneOf(item, 'attribute', ['members', 'groups']),
  resourceId: text(item, 'resourceId'),
  count: number(item, 'count'),
  example: text(item, 'example'),
  lastAt: text(item, 'lastAt'),
});

export const readUndeliverableAddress = (item: Item): UndeliverableAddress => ({
  userId: text(item, 'userId'),
  email: optionalText(item, 'email'),
  lastAt: text(item, 'lastAt'),
  mailId: optionalText(item, 'mailId'),
  detail: optionalText(item, 'detail'),
});

export const readDuplicateName = (item: Item): DuplicateNameNotice => ({
  resourceType: oneOf(item, 'resourceType', ['User', 'Group']),
  resourceId: text(item, 'resourceId'),
  name: text(item, 'name'),
  otherId: text(item, 'otherId'),
  lastAt: text(item, 'lastAt'),
});
