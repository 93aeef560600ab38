import { ScimError } from '../../scim/error';
import { claimKey, nameKeyOf, resourceKey, type ResourceKind } from '../table/keys';
import { NAME_ATTRIBUTE, nameOf, toItem, type ResourceRecord } from './resource-record';
import type { Write } from '../table/transaction';
import { VersionConflict } from '../table/transaction';

/** The writes of a new resource and its name. Refused with 409 `uniqueness` where the name is taken. */
export const createWrites = (domainId: string, kind: ResourceKind, record: ResourceRecord): Write[] => [
  { Put: { Item: toItem(domainId, kind, record), ConditionExpression: 'attribute_not_exists(pk)' } },
  claimName(domainId, kind, record),
];

/**
 * The writes that put `after` in the place of `before`, groups of a user included. Refused with `VersionConflict` where the
 * resource is no longer at the version of `before`, with 409 `uniqueness` where the new name is taken.
 */
export function replaceWrites(
  domainId: string,
  kind: ResourceKind,
  before: ResourceRecord,
  after: ResourceRecord,
): Write[] {
  const { pk: _pk, sk: _sk, created: _created, ...fields } = toItem(domainId, kind, after);
  const removed = ['externalId', 'groupIds'].filter((name) => !(name in fields));
  const set = Object.entries(fields);
  const renamed = fields.nameKey !== nameKeyOf(nameOf(kind, before.attributes));
  return [
    {
      Update: {
        Key: resourceKey(domainId, kind, after.id),
        UpdateExpression:
          `SET ${set.map(([name]) => `#${name} = :${name}`).join(', ')}` +
          (removed.length > 0 ? ` REMOVE ${removed.join(', ')}` : ''),
        ConditionExpression: '#version = :before',
        ExpressionAttributeNames: Object.fromEntries(set.map(([name]) => [`#${name}`, name])),
        ExpressionAttributeValues: {
          ...Object.fromEntries(set.map(([name, value]) => [`:${name}`, value as unknown])),
          ':before': before.version,
        },
      },
      conditionError: () => new VersionConflict(),
    },
    ...(renamed ? [claimName(domainId, kind, after), releaseName(domainId, kind, before)] : []),
  ];
}

/** The writes that delete a resource and free its name. Refused with `VersionConflict` where `before` is outdated. */
export const deleteWrites = (domainId: string, kind: ResourceKind, before: ResourceRecord): Write[] => [
  {
    Delete: {
      Key: resourceKey(domainId, kind, before.id),
      ConditionExpression: 'version = :before',
      ExpressionAttributeValues: { ':before': before.version },
    },
    conditionError: () => new VersionConflict(),
  },
  releaseName(domainId, kind, before),
];

function claimName(domainId: string, kind: ResourceKind, { id, attributes }: ResourceRecord): Write {
  const name = nameOf(kind, attributes);
  const what = kind === 'USER' ? 'user' : 'group';
  return {
    Put: {
      Item: { ...claimKey(domainId, kind, name), ownerId: id },
      ConditionExpression: 'attribute_not_exists(pk)',
    },
    conditionError: () =>
      ScimError.uniqueness(
        `Another ${what} has the ${NAME_ATTRIBUTE[kind]} "${name}". Find it by a filter, or choose another name.`,
      ),
  };
}

function releaseName(domainId: string, kind: ResourceKind, { id, attributes }: ResourceRecord): Write {
  return {
    Delete: {
      Key: claimKey(domainId, kind, nameOf(kind, attributes)),
      ConditionExpression: 'ownerId = :id',
      ExpressionAttributeValues: { ':id': id },
    },
    conditionError: () => new VersionConflict(),
  };
}
