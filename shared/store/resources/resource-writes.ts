import { nameKeyOf } from '../../scim/text/name-key';
import { resourceKey, type ResourceKind } from '../table/keys';
import { VersionConflict } from '../table/operations/transaction';
import { ITEM_IS_ABSENT, type Write } from '../table/write';
import { claimName, moveClaim, releaseName, type ForeignClaim, type NamedRecord } from './name-claim';
import { nameOf, storedNameKey, toResourceItem, type ResourceRecord } from './resource-record';

/**
 * Returns the writes of a new resource and its name claim. They fail with 409 `uniqueness` if the name is
 * taken.
 */
export function createWrites(domainId: string, kind: ResourceKind, record: ResourceRecord): Write[] {
  const named = { ...record, nameKey: nameKeyOf(nameOf(kind, record.attributes)) };
  return [
    { put: { ...toResourceItem(domainId, kind, named) }, condition: ITEM_IS_ABSENT },
    ...claimName(domainId, kind, named),
  ];
}

/**
 * Returns the writes that replace `before` with `after`, including the groups of a user. They fail with
 * `VersionConflict` if the resource no longer has the version of `before`, and with 409 `uniqueness` if the
 * new name is taken. Call them by `withRelease` and `withNameKey`, which decide on the claims. If `after` has
 * no mark of a creation, the mark is removed; so is the mark of a replacement of members.
 */
export function replaceWrites(
  domainId: string,
  kind: ResourceKind,
  before: ResourceRecord,
  after: NamedRecord,
  foreign?: ForeignClaim,
): Write[] {
  const {
    pk: _pk,
    sk: _sk,
    created: _created,
    creation,
    heads: _heads,
    replacement,
    nameKey,
    ...set
  } = toResourceItem(domainId, kind, after);
  const movesClaim = nameKey !== storedNameKey(kind, before);
  return [
    {
      update: resourceKey(domainId, kind, after.id),
      set: movesClaim ? { ...set, nameKey } : set,
      remove: [
        ...['externalId', 'groupIds', ...(before.managedBy ? ['managedBy'] : [])].filter(
          (name) => !(name in set),
        ),
        // The mark is never set again, because another request may have removed it without a new version.
        ...(before.creation && !creation ? ['creation'] : []),
        ...(before.replacement !== undefined && replacement === undefined ? ['replacement'] : []),
      ],
      ...isUnchanged(kind, before, movesClaim, foreign),
    },
    ...moveClaim(domainId, kind, before, after, foreign),
  ];
}

/**
 * Returns the writes that delete a resource and its name claim. They fail with `VersionConflict` if `before`
 * is outdated. Call them by `withRelease`.
 */
export const deleteWrites = (
  domainId: string,
  kind: ResourceKind,
  before: ResourceRecord,
  foreign?: ForeignClaim,
): Write[] => [
  { delete: resourceKey(domainId, kind, before.id), ...isUnchanged(kind, before, true, foreign) },
  ...releaseName(domainId, kind, before, foreign),
];

const versionConflict = () => new VersionConflict();

/**
 * A claim moves without a new version, so a write that releases it also checks its key. A group that was not
 * spread must not be: from then on, its heads change without a new version of the item.
 */
function isUnchanged(
  kind: ResourceKind,
  before: ResourceRecord,
  releasesClaim: boolean,
  foreign: ForeignClaim | undefined,
) {
  const { version, nameKey, headCount } = before;
  const checksClaim = releasesClaim && nameKey !== undefined;
  const expression = [
    '#version = :before',
    ...(checksClaim ? ['#nameKey = :claimed'] : foreign ? ['attribute_not_exists(#nameKey)'] : []),
    ...(kind === 'GROUP' && headCount === undefined ? ['attribute_not_exists(#heads)'] : []),
  ].join(' AND ');
  const values = { before: version, ...(checksClaim && { claimed: nameKey }) };
  return { condition: { expression, values }, conditionError: versionConflict };
}
