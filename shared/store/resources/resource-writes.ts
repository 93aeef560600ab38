import { nameKeyOf, resourceKey, type ResourceKind } from '../table/keys';
import { VersionConflict } from '../table/transaction';
import { ITEM_IS_ABSENT, type Write } from '../table/write';
import { claimName, releaseName } from './name-claim';
import { nameOf, toResourceItem, type ResourceRecord } from './resource-record';

/**
 * Returns the writes of a new resource and its name claim. They fail with 409 `uniqueness` if the name is
 * taken.
 */
export const createWrites = (domainId: string, kind: ResourceKind, record: ResourceRecord): Write[] => [
  { put: { ...toResourceItem(domainId, kind, record) }, condition: ITEM_IS_ABSENT },
  claimName(domainId, kind, record),
];

/**
 * Returns the writes that replace `before` with `after`, including the groups of a user. They fail with
 * `VersionConflict` if the resource no longer has the version of `before`, and with 409 `uniqueness` if the
 * new name is taken.
 */
export function replaceWrites(
  domainId: string,
  kind: ResourceKind,
  before: ResourceRecord,
  after: ResourceRecord,
): Write[] {
  const { pk: _pk, sk: _sk, created: _created, ...set } = toResourceItem(domainId, kind, after);
  const isRenamed = set.nameKey !== nameKeyOf(nameOf(kind, before.attributes));
  return [
    {
      update: resourceKey(domainId, kind, after.id),
      set,
      remove: ['externalId', 'groupIds'].filter((name) => !(name in set)),
      ...isUnchanged(before),
    },
    ...(isRenamed ? [claimName(domainId, kind, after), releaseName(domainId, kind, before)] : []),
  ];
}

/**
 * Returns the writes that delete a resource and its name claim. They fail with `VersionConflict` if `before`
 * is outdated.
 */
export const deleteWrites = (domainId: string, kind: ResourceKind, before: ResourceRecord): Write[] => [
  { delete: resourceKey(domainId, kind, before.id), ...isUnchanged(before) },
  releaseName(domainId, kind, before),
];

const versionConflict = () => new VersionConflict();

const isUnchanged = ({ version }: ResourceRecord) => ({
  condition: { expression: '#version = :before', values: { before: version } },
  conditionError: versionConflict,
});
